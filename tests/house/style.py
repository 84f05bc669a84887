"""The house style as functions from a module to what is wrong with it. Here: what ruff and mypy do not know. The rules: CONTRIBUTING.md."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import Module

LONGEST_MODULE = 300
LONGEST_TEST_MODULE = 400
LONGEST_FUNCTION = 60
MOST_FIELDS_BY_POSITION = 5
NAMES_THAT_SAY_NOTHING = frozenset({"utils", "util", "helpers", "helper", "base", "common", "core", "manager", "managers", "misc", "tools"})
UNFINISHED = re.compile(
    r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b|\b(dummy|stub|toy version)\b|(?:#|//|/\*)[^\"']*\b(placeholder|for now)\b"
)
# In prose a placeholder is a gap in a msgid, and "for now" may say when; in a comment both announce what was never finished.
FROZEN_PACKAGES = ("bot.domain", "bot.engine", "bot.store", "bot.services", "conversations")
MACHINE_PATH = re.compile(r"(?<![\w.:/}-])/(?:work|root|tmp|opt|home|Users)/\w")
UNAWARE = frozenset({"utcnow", "utcfromtimestamp"})
NEVER_IN_TESTS = frozenset(
    {"time.sleep", "pytest.skip", "pytest.xfail", "pytest.importorskip", "pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"}
)
THE_ONE_SKIP = "pytest.skip(WHY_NOT)"
"""Where there is no browser, the page tests say so (tests/browser.py)."""


def _decorator(node: ast.expr) -> tuple[str, dict[str, object]]:
    call = node if isinstance(node, ast.Call) else None
    name = ast.unparse(call.func if call else node).rpartition(".")[2]
    options = {keyword.arg or "": getattr(keyword.value, "value", None) for keyword in call.keywords} if call else {}
    return name, options


def _functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def without_docstring(module: Module) -> Iterator[str]:
    if not ast.get_docstring(module.tree):
        yield f"{module.place} does not open with a docstring: what lives here, what does not, which guarantee it keeps"


def too_long(module: Module) -> Iterator[str]:
    lines = module.text.count("\n")
    most = LONGEST_TEST_MODULE if module.name.startswith("tests.") else LONGEST_MODULE
    if lines > most:
        yield f"{module.place} has {lines} lines, more than {most}"
    for function in _functions(module):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > LONGEST_FUNCTION:
            yield f"{module.place}:{function.lineno} {function.name} has {length} lines, more than {LONGEST_FUNCTION}"


def badly_named(module: Module) -> Iterator[str]:
    for part in module.name.split("."):
        if part in NAMES_THAT_SAY_NOTHING:
            yield f"{module.place}: {part} says nothing about what is in it"


def loose_dataclasses(module: Module) -> Iterator[str]:
    """Values are frozen, with slots, and with more than five fields they are made by keyword. State of an adapter may change."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.ClassDef):
            continue
        for name, options in map(_decorator, node.decorator_list):
            if name != "dataclass":
                continue
            if not options.get("slots"):
                yield f"{module.place}:{node.lineno} {node.name} is a dataclass without slots=True"
            if not module.name.startswith(FROZEN_PACKAGES):
                continue
            given = [line for line in node.body if isinstance(line, ast.AnnAssign)]
            fields = sum("kw_only=True" not in ast.unparse(line) for line in given)
            if not options.get("frozen") and not node.name.startswith("_"):
                yield f"{module.place}:{node.lineno} {node.name} is a dataclass without frozen=True"
            if fields > MOST_FIELDS_BY_POSITION and not options.get("kw_only"):
                yield f"{module.place}:{node.lineno} {node.name} has {fields} fields without kw_only=True"


def unaware_times(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in UNAWARE:
            yield f"{module.place}:{node.lineno} {node.attr} gives a time without a zone"
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "now"
            and not node.args
            and not node.keywords
        ):
            owner = ast.unparse(node.func.value)
            if owner in {"datetime", "datetime.datetime", "dt.datetime"}:
                yield f"{module.place}:{node.lineno} {owner}.now() gives a time without a zone"


def own_clock(module: Module) -> Iterator[str]:
    """The domain, the engine and the conversations are told the time; they never look at a clock."""
    if not module.name.startswith(("bot.domain", "bot.engine", "conversations")):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".now", ".today", "time.time", "monotonic")):
            owner = ast.unparse(node.func)
            if owner.split(".")[0] in {"datetime", "date", "time"}:
                yield f"{module.place}:{node.lineno} {owner}() looks at a clock; let the moment be handed in"


def unfinished(place: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        if found := UNFINISHED.search(line):
            yield f"{place}:{number} says {found.group()!r}"


def machine_paths(place: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        if found := MACHINE_PATH.search(line):
            yield f"{place}:{number} names {found.group()!r}, a place on one machine"


def hollow_tests(module: Module) -> Iterator[str]:
    """Tests that wait, that are skipped, or that assert nothing."""
    allowed = {id(node.func) for node in ast.walk(module.tree) if isinstance(node, ast.Call) and ast.unparse(node) == THE_ONE_SKIP}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in NEVER_IN_TESTS and id(node) not in allowed:
            yield f"{module.place}:{node.lineno} uses {ast.unparse(node)}"
        if isinstance(node, ast.ImportFrom) and {f"{node.module}.{alias.name}" for alias in node.names} & NEVER_IN_TESTS:
            yield f"{module.place}:{node.lineno} imports {', '.join(alias.name for alias in node.names)} from {node.module}"
    for function in _functions(module):
        if function.name.startswith("test_") and not _asserts(function):
            yield f"{module.place}:{function.lineno} {function.name} asserts nothing"


def _asserts(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        last = called.rpartition(".")[2]
        # A called checker that says what it does: pytest.raises, expect(page), assert_same, check_transcript.
        if last in {"raises", "fail"} or last.startswith(("assert", "check", "expect", "must_", "to_")):
            return True
    return False
