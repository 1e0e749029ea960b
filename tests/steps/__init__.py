"""The proof of the steps: what is begun starts, fails, and is done by its solution alone."""
