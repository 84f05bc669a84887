"""Made-up secrets, each unlike any other text in the world.

Here: making and remembering them. Guarantee: the same seed gives the same secrets; a secret holds letters that every encoding writes in
its own way, and begins with one mark, so that all of them can be looked for at once.
"""

import hashlib
from collections.abc import Iterator
from typing import Final

MARK: Final = "Køzvqxw"
"""How every made-up word begins. It stands in no dictionary and in no code."""
LETTERS = str.maketrans("0123456789abcdef", "abdefghijklmnopr")


class Secrets:
    """Secrets by the name of the field they stand in."""

    def __init__(self, seed: str = "") -> None:
        self._seed = seed
        self.planted: dict[str, str] = {}

    def __call__(self, field: str) -> str:
        """The secret of this field, as one word with Norwegian letters."""
        digest = hashlib.sha256(f"{self._seed} {field}".encode()).hexdigest()
        return self.planted.setdefault(field, f"{MARK}{digest[:6].translate(LETTERS)}æ")

    def phone(self, field: str) -> str:
        """A secret mobile number, as people write it."""
        digits = f"4{int(hashlib.sha256(f'{self._seed} {field}'.encode()).hexdigest(), 16) % 10**7:07d}"
        return self.planted.setdefault(field, f"{digits[:3]} {digits[3:5]} {digits[5:]}")

    def number(self, field: str) -> str:
        """A synthetic national identity number with valid check digits (month + 80)."""
        seed = int(hashlib.sha256(f"{self._seed} {field}".encode()).hexdigest(), 16)
        return self.planted.setdefault(field, next(_identity_numbers(seed)))


def _identity_numbers(seed: int) -> Iterator[str]:
    for individual in range(1000):
        nine = [int(each) for each in f"{seed % 28 + 1:02d}8{seed % 9 + 1}{60 + seed % 30:02d}{(seed + individual) % 500:03d}"]
        first = -sum(a * b for a, b in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), nine, strict=True)) % 11
        second = -sum(a * b for a, b in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), [*nine, first], strict=True)) % 11
        if first < 10 and second < 10:
            yield "".join(map(str, [*nine, first, second]))
