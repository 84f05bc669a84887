"""Who may import whom. The layers stand in pyproject.toml (import-linter); the table here says what each package imports directly.

The table is an allow-list: a package that is new to the project, or a new third party in a known one, turns this red until it is entered.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.house.source import PROGRAM, ROOT, Module, modules

EVERYTHING = ("bot", "conversations")
WORLD = ("bot.services", "bot.store", "bot.domain", "bot.engine", "bot.i18n", "bot.clock", "bot.pdf", "bot.logs", "bot.metrics", "bot.data")

# Package or module: what of ours it may import, and which third parties. The longest fitting name counts.
MAY: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "conversations": (("bot.engine", "bot.domain", "bot.i18n"), ()),
    "bot.engine": ((), ()),
    "bot.domain": (("bot.engine",), ()),
    "bot.clock": (("bot.domain",), ("holidays",)),
    "bot.phone": (("bot.engine",), ("phonenumbers",)),
    "bot.formats": (("bot.engine", "bot.clock"), ("babel",)),
    "bot.i18n": (("bot.engine", "bot.domain", "bot.formats", "bot.data"), ("babel",)),
    "bot.pdf": (("bot.engine", "bot.domain", "bot.i18n"), ("typst",)),
    "bot.calendar_file": (("bot.engine", "bot.domain", "bot.i18n", "bot.clock"), ("icalendar",)),
    "bot.data": ((), ()),
    "bot.profile": (("bot.engine", "bot.domain", "bot.data"), ()),
    "bot.keyfile": ((), ()),
    "bot.key_halves": (("bot.keyfile",), ()),
    "bot.addresses": ((), ("pydantic_core",)),
    "bot.settings": (("bot.addresses", "bot.domain", "bot.mail_settings"), ("dotenv", "pydantic", "pydantic_settings")),
    "bot.mail_settings": (("bot.addresses", "bot.domain"), ("pydantic", "pydantic_settings")),
    "bot.mail_service": (("bot.mail", "bot.settings", *WORLD), ()),
    "bot.check_mail": (("bot.domain", "bot.findings", "bot.mail", "bot.mail_service", "bot.mail_settings", "bot.settings"), ()),
    "bot.logs": ((), ("structlog",)),
    "bot.metrics": (("bot.domain",), ("prometheus_client",)),
    "bot.store": (("bot.domain", "bot.engine"), ("aiosqlite", "cryptography")),
    "bot.services": (("bot.store", "bot.domain", "bot.engine", "bot.i18n", "bot.clock", "bot.phone", "bot.pdf", "bot.calendar_file"), ()),
    "bot.telegram": (WORLD, ("telegram", "httpx", "starlette", "uvicorn")),
    "bot.sandbox": (WORLD, ("httpx", "starlette", "uvicorn", "python_multipart")),
    "bot.web": (("bot.formats", *WORLD), ("httpx", "jinja2", "joserfc", "markupsafe", "starlette")),
    # What staff see has the same words on every desk, so the page's desk takes them from the conversations.
    "bot.web.desk": (("bot.web", "conversations", *WORLD), ("starlette",)),
    "bot.web.figures_pages": (("bot.web", "conversations", *WORLD), ("starlette",)),
    "bot.web.data_pages": (("bot.web", "conversations", *WORLD), ("starlette",)),
    "bot.web.case_page": (("bot.web", "conversations", *WORLD), ("starlette",)),
    "bot.mail": (WORLD, ("aiosmtplib",)),
    "bot.ticks": (WORLD, ("apscheduler",)),
    "bot.page_server": (("bot.addresses", "bot.domain", "bot.settings", "bot.store", "bot.web"), ("starlette", "uvicorn")),
    "bot.demo_words": (("bot.domain", "bot.engine"), ()),
    "bot.demo_post": (("bot.demo_mail", "bot.mail", "bot.mail_service", "bot.sandbox", *WORLD), ()),
    "bot.demo_mail": (("bot.clock", "bot.sandbox"), ("aiosmtpd",)),
    "bot.demo_logins": ((), ("flask", "oidc_provider_mock", "werkzeug")),
    "bot.foundation": (EVERYTHING, ()),
    "bot.app": (EVERYTHING, ("starlette", "telegram", "uvicorn")),
    "bot.demo": (EVERYTHING, ()),
    "bot.cli": (EVERYTHING, ("typer", "rich", "segno")),
    "bot.cli_output": (EVERYTHING, ("typer", "rich", "segno")),
    "bot.cli_database": (EVERYTHING, ("typer",)),
    "bot.cli_records": (EVERYTHING, ("typer",)),
    "bot.cli_staff": (EVERYTHING, ("typer",)),
    "bot.cli_figures": (EVERYTHING, ("typer",)),
    "bot.cli_rules": (EVERYTHING, ("typer",)),
    "bot.checks": (EVERYTHING, ("httpx", "babel")),
    "bot.check_page": (("bot.addresses", "bot.findings", "bot.profile", "bot.settings", "bot.web"), ("httpx",)),
    "bot.findings": ((), ()),
    "bot.packages": (("bot.findings",), ()),
    "bot.introduction": (("bot.telegram", "bot.web", *WORLD), ("telegram",)),
    "bot.talk": (EVERYTHING, ("rich",)),
    "bot.talk_cast": (WORLD, ()),
    "bot.talk_further": (("bot.talk_cast", *WORLD), ()),
    "bot.talk_setting": (EVERYTHING, ()),
    "bot.__main__": (("bot.cli",), ()),
    "bot": ((), ()),
}
ONLY_IN_THE_STORE = frozenset({"sqlite3"})


def covers(package: str, module: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def rule_for(module: str) -> str:
    return max((package for package in MAY if package == module or (package != "bot" and covers(package, module))), key=len, default="")


def forbidden(module: Module) -> Iterator[str]:
    package = rule_for(module.name)
    if not package:
        yield f"{module.place}: the table in tests/house/test_imports.py has no rule for {module.name}"
        return
    ours, third_parties = MAY[package]
    for imported in module.imported():
        top = imported.partition(".")[0]
        if top in PROGRAM:
            allowed = covers(package, imported) or any(covers(other, imported) for other in ours)
        elif top in ONLY_IN_THE_STORE:
            allowed = package == "bot.store"
        else:
            allowed = top in sys.stdlib_module_names or top in third_parties
        if not allowed:
            yield f"{module.place} imports {imported}, which {package} may not"


def test_the_layers_hold() -> None:
    # In a process of its own, since it switches off the loggers of the one it runs in.
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(cache_dir=None))"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Contracts: 5 kept, 0 broken" in run.stdout


def test_each_package_imports_only_what_it_may() -> None:
    assert [line for module in modules(*PROGRAM) for line in forbidden(module)] == []


def test_the_tests_reach_the_program_and_not_the_other_way_round() -> None:
    found = [
        f"{module.place} imports {name}"
        for module in modules(*PROGRAM)
        for name in module.imported()
        if covers("tests", name) or covers("benchmarks", name)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("name", "line", "allowed"),
    [
        ("bot.domain.cases", "import sqlite3", False),
        ("bot.domain.cases", "from bot.store.database import Tx", False),
        ("bot.domain.cases", "from bot.engine.texts import t", True),
        ("bot.engine.ask", "import babel", False),
        ("bot.services.desk", "from telegram import Bot", False),
        ("bot.services.desk", "from bot.telegram.sender import Sender", False),
        ("bot.services.desk", "from sqlite3 import Row", False),
        ("bot.store.cases", "from bot.services import desk", False),
        ("bot.store.cases", "from sqlite3 import Row", True),
        ("bot.sandbox.server", "def f():\n    from bot.telegram import poller", False),
        ("bot.telegram.poller", "from telegram import Bot", True),
        ("conversations.apply", "import httpx", False),
        ("conversations.apply", "from bot.store import cases", False),
        ("bot.newcomer", "import os", False),
    ],
)
def test_the_table_bites(name: str, line: str, allowed: bool) -> None:

    module = Module(name=name, place=f"{name.replace('.', '/')}.py", text=line, tree=ast.parse(line))
    assert (list(forbidden(module)) == []) is allowed
