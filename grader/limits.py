"""What one submission may take at most, of everything that it could take too much of.

Who uses it: commands, which set it; the sandbox and the judge, which hold a submission to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

# What right programs need: forty threads, a file of 48 MiB, and its copy.
LEAST_MEMORY_MB, LEAST_FILE_MB, LEAST_SCRATCH_MB = 128, 64, 128


@dataclass(frozen=True)
class Limits:
    """What one submission may take at most."""

    processes: int = 256  # and threads, at one time
    memory_mb: int = 1024  # of each process; and of all together, see total_memory_mb
    total_memory_mb: int = 1536
    scratch_mb: int = 256  # of files in /tmp, and again in /dev/shm
    files: int = 1024  # descriptors of each process
    cpu_s: float = 2.0  # of all processes of a check together: more is busy
    patience_s: float = 10.0  # without any event: the last net
    output_bytes: int = 64 << 10  # kept of what a check prints
    printed_mb: int = 128  # printed in one check: more is taken for printing without end
    budget_s: float | None = None  # by the clock, for all checks together: a net, after which no other check begins

    def after(self, used_s: float) -> Limits:
        """The same, with what is left of the budget once `used_s` of it are used up."""
        return self if self.budget_s is None else replace(self, budget_s=max(0.0, self.budget_s - used_s))
