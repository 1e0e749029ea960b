"""The black-box suite that all apps pass: it knows a base URL and speaks HTTP to it, no more."""

from sandbox.contract.check import Check, Tier
from sandbox.contract.checks import CHECKS
from sandbox.contract.clock import Clock, Limits
from sandbox.contract.failure import Failure, MeansName
from sandbox.contract.means import Changes, Ended, Means, Production
from sandbox.contract.page import contract_page
from sandbox.contract.runner import ContractReport, Early, Outcome, Result, checks_for, run_contract

__all__ = [
    "CHECKS",
    "Changes",
    "Check",
    "Clock",
    "ContractReport",
    "Early",
    "Ended",
    "Failure",
    "Limits",
    "Means",
    "MeansName",
    "Outcome",
    "Production",
    "Result",
    "Tier",
    "checks_for",
    "contract_page",
    "run_contract",
]
