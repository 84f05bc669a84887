"""Every test that docs/guarantees.md names exists."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_every_named_test_exists() -> None:
    named = NAMED.findall((ROOT / "docs" / "guarantees.md").read_text("utf-8"))
    assert len(named) > 30
    missing = []
    for file, name in named:
        path = ROOT / file
        names = {node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if hasattr(node, "name")} if path.exists() else set()
        if not path.exists() or (name and name not in names):
            missing.append(f"{file}::{name}")
    assert missing == []
