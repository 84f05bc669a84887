"""How to reach the coordinating unit: the card that stands in every receipt and behind every "talk to a human".

Requirement rows: Q06, B13 (everyone may contact the unit directly). Source: the municipality's profile.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.directory import Listed
from bot.domain.phone_numbers import readable
from bot.domain.rules import Audience, Profile, Service
from bot.engine.texts import Language, Text, joined, t, verbatim

A_MONTH: Final = 31
HALF_A_YEAR: Final = 183
AUDIENCES: Final[Mapping[Audience, Text]] = {
    Audience.CHILD: t("children and young people"),
    Audience.ADULT: t("adults"),
    Audience.BOTH: t("everybody"),
}


def contact_card(profile: Profile, language: Language) -> Text:
    """The unit's name, phone, hours, switchboard, e-mail and address, as far as the profile has them."""
    contact = profile.contact
    lines = [
        joined(profile.municipality.unit.text(language), verbatim(profile.municipality.display_name), by=", "),
    ]
    phone = contact.best_phone()
    if phone:
        lines.append(
            t("Phone {phone}, on working days from {opens} to {closes}", phone=readable(phone), opens=contact.opens, closes=contact.closes)
        )
    if contact.phone and contact.switchboard:
        lines.append(t("Switchboard: {phone}", phone=readable(contact.switchboard)))
    if contact.email:
        lines.append(t("E-mail: {email}", email=contact.email))
    if contact.address:
        lines.append(t("Address: {address}", address=contact.address))
    return joined(*lines, by="\n")


def service_card(listed: Listed, language: Language, *, to_check: bool = False) -> Text:
    """One service of the directory: what it does, for whom, who refers, and how to reach it (Q02).

    What the unit has found to be wrong is shown only to whoever checks it; how old it is stands in the unit's own list.
    """
    service = listed.service
    lines = [service.name.text(language), service.does.text(language), t("For: {whom}", whom=for_whom(service))]
    if service.referred_by:
        lines.append(t("Referred by: {who}", who=service.referred_by.text(language)))
    if listed.wrong and not to_check:
        lines.append(t("We are looking for the right number. Ask us."))
        return joined(*lines, by="\n")
    if service.phone:
        lines.append(t("Phone: {phone}", phone=readable(service.phone)))
    if service.url:
        lines.append(verbatim(service.url))
    if (service.phone or service.url) and not to_check:
        lines.append(last_checked(listed.days_since))
    return joined(*lines, by="\n")


def last_checked(days: int | None) -> Text:
    """When somebody last checked it, as far as everybody needs to know."""
    if days is None:
        return t("This may be old. Ask us if it does not work.")
    if days <= A_MONTH:
        return t("Checked less than a month ago.")
    return t("Checked less than half a year ago.") if days <= HALF_A_YEAR else t("Checked more than half a year ago.")


def for_whom(service: Service) -> Text:
    """Whom it is for, with the ages where there are some."""
    if service.from_age is not None and service.to_age is not None:
        return t("from {from_age} to {to_age} years", from_age=service.from_age, to_age=service.to_age)
    if service.from_age is not None:
        return t("from {from_age} years", from_age=service.from_age)
    if service.to_age is not None:
        return t("up to {to_age} years", to_age=service.to_age)
    return AUDIENCES[service.audience]
