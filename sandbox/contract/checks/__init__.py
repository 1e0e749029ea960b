"""Every check of the contract: each module of this package brings its own, and is found.

A module says with `ORDER` where its checks stand in a run: what others rest on comes first.
"""

from importlib import import_module
from pkgutil import iter_modules

from sandbox.contract.check import Check

_MODULES = sorted(
    (import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__)),
    key=lambda module: (module.ORDER, module.__name__),
)

CHECKS: tuple[Check, ...] = tuple(
    value for module in _MODULES for value in vars(module).values() if isinstance(value, Check)
)
