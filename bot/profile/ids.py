"""Ids of what a municipality lists in its profile: each once, and each in plain letters."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

IDENTIFIER: Final = re.compile(r"[a-z][a-z0-9_]*")


def id_mistakes(where: str, ids: Iterable[str]) -> Iterator[str]:
    """A sentence for each id that stands there twice, or is written otherwise than an id is."""
    for one, count in Counter(ids).items():
        if count > 1:
            yield f'{where} has the id "{one}" {count} times. Give each entry an id of its own.'
        if not IDENTIFIER.fullmatch(one):
            yield f'{where} has the id "{one}". Write ids in small letters a to z, digits and underscores.'
