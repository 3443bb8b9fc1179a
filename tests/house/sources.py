"""The project's own source files, as the guards over the codebase read them."""

import ast
import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# An app may import itself and those before it, and no other.
APPS = ("consultations", "proposals", "committee")
SHELL = "openmuni"


def files(pattern: str, *folders: str) -> list[Path]:
    """Files below `folders` that match `pattern`, caches left out."""
    found = (path for folder in folders for path in (ROOT / folder).rglob(pattern))
    return sorted(path for path in found if "__pycache__" not in path.parts)


def code() -> list[Path]:
    """The Python modules of the apps and the shell, migrations included."""
    return files("*.py", SHELL, *APPS)


def hand_written_code() -> list[Path]:
    """The Python modules of the apps and the shell that Django did not write."""
    return [path for path in code() if "migrations" not in path.parts]


def templates() -> list[Path]:
    """The project's templates."""
    return [path for path in files("*", "templates") if path.is_file()]


@functools.cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(), str(path))


def name(path: Path) -> str:
    """A path as a person would type it from the project's top."""
    return str(path.relative_to(ROOT))


def module(path: Path) -> str:
    """The dotted name of a module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def committed() -> list[Path]:
    """Every file that git keeps or would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [path for line in listing.split("\0") if line and (path := ROOT / line).is_file()]
