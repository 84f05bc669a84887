"""Phone numbers as people read them.

Here: the look of a number that is known to be right. Not here: reading what somebody typed (`bot.phone`).
"""

import re

NORWEGIAN = re.compile(r"\+47\d{8}")


def readable(phone: str) -> str:
    """A number in E.164 as people read it: "+4770081300" becomes "70 08 13 00"; others stay as they are."""
    if not NORWEGIAN.fullmatch(phone):
        return phone
    digits = phone[3:]
    return " ".join(digits[start : start + 2] for start in range(0, 8, 2))
