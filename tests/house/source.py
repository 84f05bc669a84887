"""The project's own files, for the tests that read them. Here: finding and parsing. Not here: what is then asked of them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("bot", "conversations")
ALL = (*PROGRAM, "tests", "benchmarks")
SKIPPED_DIRECTORIES = frozenset({"__pycache__", ".git", ".venv", "node_modules", "dist", "build"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Module:
    """A Python file: its dotted name, its path from the top of the project, its text and its syntax tree."""

    name: str
    place: str
    text: str
    tree: ast.Module

    def imported(self) -> Iterator[str]:
        """Every module this one imports, also inside functions and for types only."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield self._from(node)

    def _from(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.name if self.place.endswith("__init__.py") else self.name.rpartition(".")[0]
        for _ in range(node.level - 1):
            package = package.rpartition(".")[0]
        return f"{package}.{node.module}" if node.module else package


@cache
def modules(*packages: str) -> tuple[Module, ...]:
    """Every module of these top-level packages, in order of name."""
    return tuple(_module(path) for package in packages for path in sorted((ROOT / package).rglob("*.py")))


def _module(path: Path) -> Module:
    place = path.relative_to(ROOT)
    parts = place.parts[:-1] if place.name == "__init__.py" else place.with_suffix("").parts
    text = path.read_text(encoding="utf-8")
    return Module(name=".".join(parts), place=place.as_posix(), text=text, tree=ast.parse(text, place.as_posix()))


def texts() -> Iterator[tuple[str, str]]:
    """Every text file of the project with its place: code, pages, profiles, documents, locks."""
    for path in sorted(ROOT.rglob("*")):
        place = path.relative_to(ROOT)
        hidden = any(part in SKIPPED_DIRECTORIES or (part.startswith(".") and part != ".ci") for part in place.parts[:-1])
        if hidden or not path.is_file() or place.name in {".git", ".env"} or place.suffix in {".pyc", ".db", ".key"}:
            continue
        try:
            yield place.as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
