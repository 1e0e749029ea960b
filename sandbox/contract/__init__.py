"""The black-box suite that all apps pass: it knows a base URL and speaks HTTP to it, no more."""

from sandbox.contract.check import Check, Failure
from sandbox.contract.checks import CHECKS
from sandbox.contract.runner import ContractReport, Outcome, Result, checks_for, run_contract

__all__ = [
    "CHECKS",
    "Check",
    "ContractReport",
    "Failure",
    "Outcome",
    "Result",
    "checks_for",
    "run_contract",
]
