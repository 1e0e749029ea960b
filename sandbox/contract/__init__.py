"""The black-box suite that all apps pass: it knows a base URL and speaks HTTP to it, no more."""

from sandbox.contract.check import Check, Tier
from sandbox.contract.checks import CHECKS
from sandbox.contract.failure import Failure
from sandbox.contract.means import Changes, Ended, Means, Production
from sandbox.contract.page import contract_page
from sandbox.contract.runner import ContractReport, Outcome, Result, checks_for, run_contract

__all__ = [
    "CHECKS",
    "Changes",
    "Check",
    "ContractReport",
    "Ended",
    "Failure",
    "Means",
    "Outcome",
    "Production",
    "Result",
    "Tier",
    "checks_for",
    "contract_page",
    "run_contract",
]
