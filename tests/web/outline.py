"""What a page is built of, without its words: where nothing stands that has not stood so before, there is no other page.

Here: the parts of a page. Not here: what is looked for on it (`test_accessibility`).
"""

import re

EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta"})
"""The elements without an end that our pages have."""
PART = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|<!|([^<\s])")
"""A tag, or the first of some words. No page of ours has a ">" in an attribute: it is written as `&gt;`."""
ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')
TELLING = frozenset({"class", "type", "role", "name"})
"""Of the other attributes only whether they are there."""
HEADING = re.compile(r"h([1-6])")


def parts(html: str) -> frozenset[str]:
    """Every element with all it stands in, whether it has words, the levels of the headings in their order, and every language."""
    found: set[str] = set()
    inside, levels = [""], ""
    for part in PART.finditer(html):
        end, tag, given, words = part.groups()
        if words:
            found.add(f"{inside[-1]} has words")
        elif end:
            inside.pop()
        elif tag:
            attributes = (f"{name}={value}" if name in TELLING else name for name, value in ATTRIBUTE.findall(given))
            there = f"{inside[-1]}/{' '.join((tag, *attributes))}"
            found.add(there)
            found.update(f"in {value}" for name, value in ATTRIBUTE.findall(given) if name in {"lang", "dir"})
            if tag not in EMPTY:
                inside.append(there)
            heading = HEADING.fullmatch(tag)
            if heading and not levels.endswith(heading[1]):
                levels += heading[1]
    return frozenset({*found, levels})
