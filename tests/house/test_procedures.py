"""The page of procedures is complete, up to date, and calls nothing shown that no test shows."""

from pathlib import Path

import pytest

from tests.house.procedures import PAGE, ROOT, ROWS, Row, page, rows, settled, shown_by, unshown

ALL = rows(ROWS.read_text(encoding="utf-8"))


def row(row_id: str, *, later: bool = False, people: str | None = None) -> Row:
    return Row(id=row_id, what="x", actor="x", source="x", later=later, people=people)


def test_all_313_rows_stand_there_once() -> None:
    assert len(ALL) == 313
    assert len({one.id for one in ALL}) == 313


def test_each_row_says_what_in_few_words_and_where_from() -> None:
    assert [one.id for one in ALL if not 2 <= len(one.what.split()) <= 20 or not one.source or not one.actor] == []


def test_the_first_path_has_its_81_rows() -> None:
    assert sum(one.first_path for one in ALL) == 81


def test_the_page_is_up_to_date() -> None:
    now = page(ALL, shown_by(ROOT / "tests"))
    assert PAGE.read_text(encoding="utf-8") == now, "Run: python -m tests.house.procedures"


def test_every_row_that_is_called_built_has_a_test() -> None:
    assert unshown(ALL, shown_by(ROOT / "tests")) == []


def test_no_test_names_a_row_that_does_not_exist() -> None:
    assert sorted(shown_by(ROOT / "tests").keys() - {one.id for one in ALL}) == []


def test_a_row_is_later_or_peoples_never_both() -> None:
    assert [one.id for one in ALL if one.later and one.people is not None] == []


def test_tests_are_found_by_every_id_in_their_names(tmp_path: Path) -> None:
    place = tmp_path / "tests" / "domain" / "test_x.py"
    place.parent.mkdir(parents=True)
    place.write_text(
        "async def test_C09_S10_five(): ...\ndef test_C099_x(): ...\ndef helper_C10_x(): ...\nclass T:\n    def test_A01_y(self): ...\n"
    )
    found = shown_by(tmp_path / "tests")
    assert found == {
        "C09": ["tests/domain/test_x.py::test_C09_S10_five"],
        "S10": ["tests/domain/test_x.py::test_C09_S10_five"],
        "A01": ["tests/domain/test_x.py::test_A01_y"],
    }


def test_a_found_test_wins_and_a_missing_one_is_named() -> None:
    some = (row("A01", later=True), row("A02", later=True), row("A03", people="Because."), row("A04"))
    text = page(some, {"A01": ["tests/t.py::test_A01_x", "tests/t.py::test_A01_y"]})
    assert "| A01 | x | x | `tests/t.py::test_A01_x` and 1 more |" in text
    assert "| A02 | x | x | later |" in text
    assert "| A03 | x | x | people: Because. |" in text
    assert "| A04 | x | x | **no test** |" in text
    assert "Rows shown 1 / 4" in text
    assert unshown(some, {"A01": ["x"]}) == ["A04"]


def test_settling_takes_later_off_shown_rows_only() -> None:
    text = '# head\n\n[[row]]\nid = "A01"\nlater = true\n\n[[row]]\nid = "A02"\nlater = true\n'
    assert settled(text, {"A01": ["x"]}) == '# head\n\n[[row]]\nid = "A01"\n\n[[row]]\nid = "A02"\nlater = true\n'


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValueError, match="A01: latr is not known"):
        rows('[[row]]\nid = "A01"\nwhat = "x"\nactor = "x"\nsource = "x"\nlatr = true\n')
