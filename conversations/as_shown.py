"""A short name for what somebody was shown, to stand in the key of the question about it.

Here: the name alone. Not here: what is asked. Guarantee: a yes to a plan, an invitation or a list of readers never counts for another one
that has come in its place; with other facts the key is another, and the question is asked anew. Not a guarantee: keys stand in clear in the
database, so whoever has it and guesses every fact can see that the guess was right.
"""

from hashlib import blake2s


def as_shown(*facts: object) -> str:
    """The same for the same facts, another for others. The facts do not stand in it."""
    return blake2s(repr(facts).encode(), digest_size=6).hexdigest()
