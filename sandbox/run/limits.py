"""What a project's processes may take: a runaway loop must not fill the learner's disk."""

import sys

FILE_BYTES = 200 * 1024 * 1024
CPU_SECONDS = 60

if sys.platform != "win32":
    import resource

    def limit_files() -> None:
        """Let what this process starts from now on write no larger files."""
        _lower(resource.RLIMIT_FSIZE, FILE_BYTES)

    def limit_work() -> None:
        """Let what this process starts from now on work no longer than tests may."""
        _lower(resource.RLIMIT_CPU, CPU_SECONDS)

    def _lower(kind: int, value: int) -> None:
        _, hard = resource.getrlimit(kind)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (allowed, hard))
else:

    def limit_files() -> None:
        """Do nothing: there is no such limit here."""

    def limit_work() -> None:
        """Do nothing: there is no such limit here."""
