"""What is withheld of a month can be worked out by nobody, not even by who knows how it is withheld."""

from collections import defaultdict
from itertools import product

import pytest

from bot.domain.monthly import ALL, SMALL, Figure, Series, alone, divided, median, of_no_cases, rounded, share, small

Shown = tuple[tuple[int | None, ...], int | None]


def shown(parts: tuple[int, ...]) -> Shown:
    cells, total = divided({str(place): value for place, value in enumerate(parts)})
    return tuple(cells.values()), total


@pytest.mark.parametrize(("cells", "highest"), [(2, 24), (3, 14), (4, 9), (5, 6)])
def test_R14_no_withheld_number_is_the_only_one_that_fits(cells: int, highest: int) -> None:
    """Everything that could have given what is shown, looked at number by number: the strongest reader there is."""
    fits = defaultdict(list)
    for parts in product(range(highest + 1), repeat=cells):
        fits[shown(parts)].append(parts)
    hiding = 0
    for (seen, _), could_be in fits.items():
        for place, value in enumerate(seen):
            if value is None and max(sum(each) for each in could_be) < highest:  # else what would fit lies beyond the numbers tried
                hiding += 1
                assert len({parts[place] for parts in could_be}) > 1, (seen, could_be)
    assert hiding > 10


@pytest.mark.parametrize("parts", list(product(range(8), repeat=3)))
def test_R14_no_small_number_is_shown_and_a_total_is_the_sum(parts: tuple[int, ...]) -> None:
    seen, total = shown(parts)
    assert not any(small(value) for value in (*seen, total) if value is not None)
    assert total in {None, sum(parts)}
    assert all(value in {None, part} for value, part in zip(seen, parts, strict=True))


def test_R14_a_division_is_shown_as_a_whole_or_not_at_all() -> None:
    assert shown((0, 12, 30)) == ((0, 12, 30), 42)
    assert shown((3, 12, 30)) == ((None, None, None), 45)
    assert shown((0, 0, 3)) == ((0, 0, None), None)
    assert shown((1, 1, 1)) == ((None, None, None), None)


@pytest.mark.parametrize(("part", "whole", "seen"), [(0, 12, 0), (12, 12, 12), (5, 12, 5), (3, 12, None), (9, 12, None), (3, 3, None)])
def test_R14_a_share_is_withheld_where_it_or_the_rest_is_small(part: int, whole: int, seen: int | None) -> None:
    assert share(part, whole) == seen


def test_R14_stocks_are_rounded_so_that_a_month_more_or_less_does_not_show() -> None:
    assert [rounded(value) for value in range(14)] == [0, None, None, None, None, 5, 5, 5, 10, 10, 10, 10, 10, 15]
    assert [alone(value) for value in (0, 1, SMALL - 1, SMALL)] == [0, None, None, SMALL]


def test_R14_a_median_needs_five() -> None:
    assert median([3, 9, 2, 40]) is None
    assert median([3, 9, 2, 40, 11]) == 9
    assert median([3, 9, 2, 40, 11, 12]) == 9


@pytest.mark.parametrize(("decided", "none"), [(0, {Series.DAYS_TO_DECISION}), (None, set()), (7, set())])
def test_R14_only_a_median_of_what_is_shown_as_none_is_said_to_be_of_none(decided: int | None, none: set[Series]) -> None:
    figures = [
        Figure(series=series, key=ALL, value=value)
        for series, value in (
            (Series.DECIDED, decided),
            (Series.DAYS_TO_DECISION, None),
            (Series.APPOINTED, None),
            (Series.DAYS_TO_COORDINATOR, None),
        )
    ]
    assert of_no_cases(figures) == none, "one that is withheld tells no more than before"
