"""A short name for what somebody was shown, to stand in the key of the question about it.

Here: the name alone. Not here: what is asked. Guarantee: a yes to a plan, an invitation or a list of readers never counts for another one
that has come in its place; with other facts the key is another, and the question is asked anew.
"""

from hashlib import blake2s


def as_shown(*facts: object) -> str:
    """The same for the same facts, another for others. The facts themselves cannot be read from it."""
    return blake2s(repr(facts).encode(), digest_size=6).hexdigest()
