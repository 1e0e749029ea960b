"""A few steps drawn at random are proved: stub fails, solution passes, mistakes are noticed."""

import random

import pytest

from tests.steps.proof import every_step, prove

FEW = 2


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_steps_drawn_at_random_hold() -> None:
    seed = random.SystemRandom().randrange(10_000)
    for framework, step in random.Random(seed).sample(every_step(), FEW):
        proof = prove(framework, step)
        assert proof.failures == (), f"{framework} {step.key}, seed {seed}"
