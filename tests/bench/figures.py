"""A plain table of figures, each beside what was promised."""

import sys


def say(line=""):
    """Print a line at once, so that a long measurement can be followed."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Figures:
    """The figures of one measurement; prints each as it comes and remembers the misses."""

    def __init__(self):
        self.missed = 0

    def at_most(self, name, value, limit, unit=""):
        """A figure that must not exceed `limit`."""
        self._line(name, value, unit, f"≤ {limit:g}", value <= limit)

    def at_least(self, name, value, limit, unit=""):
        """A figure that must reach `limit`."""
        self._line(name, value, unit, f"≥ {limit:g}", value >= limit)

    def exactly(self, name, value, wanted, unit=""):
        """A figure that must be `wanted` and nothing else."""
        self._line(name, value, unit, f"= {wanted:g}", value == wanted)

    def note(self, name, value, unit=""):
        """A figure that nothing was promised of."""
        self._line(name, value, unit, "", True)

    def _line(self, name, value, unit, promise, kept):
        self.missed += not kept
        shown = f"{value:,.1f}" if isinstance(value, float) else f"{value:,}"
        verdict = ("ok" if kept else "MISSED") if promise else ""
        say(f"  {name:<46} {shown:>10} {unit:<4} {promise:<10} {verdict}".rstrip())
