"""How to reach the coordinating unit: the card that stands in every receipt and behind every "talk to a human".

Requirement rows: Q06, B13 (everyone may contact the unit directly). Source: the municipality's profile.
"""

import re

from bot.domain.rules import Profile, Service
from bot.engine.texts import Language, Text, joined, t, verbatim


def readable(phone: str) -> str:
    """A phone number from the profile as people read it: "+4770081300" becomes "70 08 13 00"; others stay as they are."""
    if not re.fullmatch(r"\+47\d{8}", phone):
        return phone
    digits = phone[3:]
    return " ".join(digits[start : start + 2] for start in range(0, 8, 2))


def contact_card(profile: Profile, language: Language) -> Text:
    """The unit's name, phone, hours, e-mail and address, as far as the profile has them."""
    contact = profile.contact
    lines = [
        joined(profile.municipality.unit.text(language), verbatim(profile.municipality.display_name), by=", "),
    ]
    phone = contact.best_phone()
    if phone:
        lines.append(
            t("Phone {phone}, on working days from {opens} to {closes}", phone=readable(phone), opens=contact.opens, closes=contact.closes)
        )
    if contact.email:
        lines.append(t("E-mail: {email}", email=contact.email))
    if contact.address:
        lines.append(t("Address: {address}", address=contact.address))
    return joined(*lines, by="\n")


def service_card(service: Service, language: Language) -> Text:
    """One service of the directory: what it does, who refers, the phone number."""
    lines = [service.name.text(language), service.does.text(language)]
    if service.referred_by:
        lines.append(t("How to get there: {how}", how=service.referred_by.text(language)))
    if service.phone:
        lines.append(t("Phone: {phone}", phone=readable(service.phone)))
        if service.verified is None:
            lines.append(t("This number may be old. Ask us if it does not work."))
    if service.url:
        lines.append(verbatim(service.url))
    return joined(*lines, by="\n")
