"""A few steps are proved: stub fails, solution passes, mistakes are noticed."""

import random

import pytest

from tests.steps.proof import every_step, prove

FEW = 2
SEED = 8


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_few_steps_hold() -> None:
    """The same few each time; `python -m tests.steps` draws others."""
    for framework, step in random.Random(SEED).sample(every_step(), FEW):
        proof = prove(framework, step)
        assert proof.failures == (), f"{framework} {step.key}"
