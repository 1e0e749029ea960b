"""What the command line answers to the shell that called it."""

FOUND_SOMETHING = 1
BAD_INPUT = 2
INTERRUPTED = 130
