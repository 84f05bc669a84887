"""What a page is built of, without its words: one more of the same makes no other page.

Here: the outline of a page. Not here: what is looked for on it (`test_accessibility`).
"""

import re

EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta"})
"""The elements without an end that our pages have."""
PART = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|<!|([^<\s])")
"""A tag, or the first of some words. No page of ours has a ">" in an attribute: it is written as `&gt;`."""
TELLING = re.compile(r"""\b(?:class|type|aria-invalid)="?([^"]*)""")


def outline(html: str) -> str:
    """How a page is built; equal for pages that differ in words, values and the length of their lists only."""
    inside: list[list[str]] = [[]]
    begins = [""]
    for part in PART.finditer(html):
        end, tag, given, words = part.groups()
        if words:
            begins[-1] = begins[-1].rstrip("!") + "!"
        elif tag and not end:
            inside.append([])
            begins.append(" ".join((tag, *TELLING.findall(given))))
        if tag and (end or tag in EMPTY):
            built = f"{begins.pop()}({','.join(inside.pop())})"
            # A list of ten is built as one of two.
            if inside[-1][-1:] != [built]:
                inside[-1].append(built)
    return ",".join(inside[0])
