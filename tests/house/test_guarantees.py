"""Every test that docs/guarantees.md and docs/threats.md name exists, and no threat stands there without one."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("page", ["guarantees.md", "threats.md"])
def test_every_named_test_exists(page: str) -> None:
    named = NAMED.findall((ROOT / "docs" / page).read_text("utf-8"))
    assert len(named) > 30
    missing = []
    for file, name in named:
        path = ROOT / file
        names = {node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if hasattr(node, "name")} if path.exists() else set()
        if not path.exists() or (name and name not in names):
            missing.append(f"{file}::{name}")
    assert missing == []


def test_every_threat_has_a_control_and_a_test() -> None:
    rows = [line for line in (ROOT / "docs" / "threats.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    threats = [row for row in rows if not row.startswith(("| threat", "| ---"))]
    assert len(threats) > 30
    assert [row for row in threats if len(row.split(" | ")) != 4 or not NAMED.search(row)] == []
