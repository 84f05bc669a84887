"""Phone numbers that people write, and how they are shown.

Here: reading a number in any common form and writing it readably. Not here: whether somebody answers it. Guarantee: a number that was
read is in E.164 ("+4755123456").
"""

import re

import phonenumbers

from bot.engine.texts import Language

NORWAY = 47
LABEL = re.compile(r"\b(?:tlf|tel|telefon|mob|mobil|nr)\b", re.IGNORECASE)


def phone(text: str, default_region: str = "NO") -> str | None:
    """The number in E.164, None when the text is no phone number. Without a country code it is read as one of `default_region`."""
    try:
        number = phonenumbers.parse(text.strip(), default_region)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def as_stored(text: str) -> str:
    """The number in E.164, or the words as they were written where they say more than a number: nothing told is thrown away."""
    more = any(each.isalpha() for each in LABEL.sub("", text))
    return text.strip() if more else phone(text) or text.strip()


def readable(e164: str, language: Language) -> str:
    """The number in groups: Norwegian ones without the country code, "55 12 34 56", others with it. What is no number is shown as it is.

    Bokmål and Nynorsk group alike; the language is asked for because others do not.
    """
    del language
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    national = number.country_code == NORWAY
    shape = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, shape)
