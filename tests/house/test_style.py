"""The house style holds in every module, and each of its rules bites."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from tests.house import style
from tests.house.source import ALL, PROGRAM, ROOT, Module, modules, texts

Rule = Callable[[Module], Iterator[str]]

EVERYWHERE: tuple[Rule, ...] = (style.without_docstring, style.too_long, style.badly_named, style.unaware_times)
IN_THE_PROGRAM: tuple[Rule, ...] = (style.loose_dataclasses, style.own_clock)
WRITTEN = (".py", ".js", ".html", ".css", ".toml", ".sql", ".po", ".md", "Makefile", ".ci/run")
# The rules themselves, and the page that tells of them, must name what they forbid.
TELL_OF_THE_RULES = frozenset({"tests/house/style.py", "tests/house/test_style.py", "CONTRIBUTING.md"})


def made(text: str, name: str = "bot.domain.made_up") -> Module:
    return Module(name=name, place=f"{name.replace('.', '/')}.py", text=text, tree=ast.parse(text))


@pytest.mark.parametrize("rule", EVERYWHERE, ids=lambda rule: rule.__name__)
def test_every_module_keeps(rule: Rule) -> None:
    assert [line for module in modules(*ALL) for line in rule(module)] == []


@pytest.mark.parametrize("rule", IN_THE_PROGRAM, ids=lambda rule: rule.__name__)
def test_every_module_of_the_program_keeps(rule: Rule) -> None:
    assert [line for module in modules(*PROGRAM) for line in rule(module)] == []


def test_every_test_tests() -> None:
    assert [line for module in modules("tests") for line in style.hollow_tests(module)] == []


@pytest.mark.parametrize("rule", [style.unfinished, style.machine_paths], ids=lambda rule: rule.__name__)
def test_every_text_keeps(rule: Callable[[str, str], Iterator[str]]) -> None:
    read = [(place, text) for place, text in texts() if place.endswith(WRITTEN) and place not in TELL_OF_THE_RULES]
    assert len(read) > len(modules(*ALL)) - len(TELL_OF_THE_RULES)
    assert [line for place, text in read for line in rule(place, text)] == []


@pytest.mark.parametrize("name", ["run", "demo", "dev", "bench"])
def test_a_lock_file_pins_with_hashes_and_names_no_place(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert re.findall(r"https?://|file:|^-|--(?:extra-)?index-url|--find-links|--trusted-host| @ ", text, re.MULTILINE) == []
    pinned = re.findall(r"^[a-z0-9][\w.\[\]-]*==\S+.*\\$", text, re.MULTILINE)
    entries = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(pinned) == len(entries) > 20
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", text)) >= len(pinned)


def test_the_lock_files_agree() -> None:
    def pins(name: str) -> set[str]:
        return set(
            re.findall(r"^[a-z0-9][\w.\[\]-]*==[^\s;]+", (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8"), re.MULTILINE)
        )

    assert pins("run") < pins("demo") < pins("dev") < pins("bench")


LONG_FUNCTION = "def f():\n" + "    x = 1\n" * style.LONGEST_FUNCTION


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (style.without_docstring, "x = 1\n"),
        (style.too_long, "x = 1\n" * (style.LONGEST_MODULE + 1)),
        (style.too_long, LONG_FUNCTION),
        (style.loose_dataclasses, "@dataclass(frozen=True)\nclass A:\n    x: int\n"),
        (style.loose_dataclasses, "@dataclass(slots=True)\nclass A:\n    x: int\n"),
        (style.loose_dataclasses, "@dataclass\nclass A:\n    x: int\n"),
        (style.loose_dataclasses, "@dataclass(frozen=True, slots=True)\nclass A:\n" + "".join(f"    x{n}: int\n" for n in range(6))),
        (style.unaware_times, "datetime.now()"),
        (style.unaware_times, "datetime.utcnow()"),
        (style.own_clock, "datetime.now(UTC)"),
        (style.own_clock, "date.today()"),
        (style.hollow_tests, "def test_x():\n    pytest.skip('later')\n    assert 1"),
        (style.hollow_tests, "@pytest.mark.xfail\ndef test_x():\n    assert 1"),
        (style.hollow_tests, "def f():\n    time.sleep(1)"),
        (style.hollow_tests, "from time import sleep"),
        (style.hollow_tests, "def test_x():\n    f()"),
    ],
)
def test_a_breach_is_found(rule: Rule, text: str) -> None:
    assert list(rule(made(text))) != []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (style.without_docstring, '"""What lives here."""'),
        (style.too_long, LONG_FUNCTION.replace("    x = 1\n", "", 1)),
        (style.loose_dataclasses, "@dataclass(frozen=True, slots=True, kw_only=True)\nclass A:\n    x: int\n"),
        (style.unaware_times, "datetime.now(UTC)\nclock.now()"),
        (style.own_clock, "clock.now()"),
        (style.hollow_tests, "def browser():\n    pytest.skip(WHY_NOT)"),
        (style.hollow_tests, "def test_x():\n    with pytest.raises(ValueError):\n        f()"),
        (style.hollow_tests, "ask.skip\nasyncio.sleep(0)"),
    ],
)
def test_what_is_right_passes(rule: Rule, text: str) -> None:
    assert list(rule(made(text))) == []


@pytest.mark.parametrize("name", ["bot.utils", "bot.domain.helpers", "conversations.common", "bot.core.thing"])
def test_a_name_that_says_nothing_is_found(name: str) -> None:
    assert list(style.badly_named(made("", name))) != []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("# TODO: the rest", True),
        ("raise NotImplementedError", True),
        ("x = 1  # enough for now", True),
        ("value = 0  # placeholder", True),
        ("a dummy value", True),
        ("the person this chat speaks for now", False),
        ("for placeholder in PLACEHOLDER.finditer(words):", False),
        ("a todo list", False),
    ],
)
def test_unfinished_work_is_found(line: str, found: bool) -> None:
    assert (list(style.unfinished("x.py", line)) != []) is found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("see " + "/" + "work/main/x", True),
        ('open("' + "/" + 'tmp/x")', True),
        ("sqlite:////var/lib/samrad/samrad.db", False),
        ("https://example.org/home/page", False),
        ("GET /work", False),
    ],
)
def test_a_path_of_one_machine_is_found(line: str, found: bool) -> None:
    assert (list(style.machine_paths("x.py", line)) != []) is found
