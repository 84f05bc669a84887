"""How to reach the coordinating unit: the card that stands in every receipt and behind every "talk to a human".

Requirement rows: Q06, B13 (everyone may contact the unit directly). Source: the municipality's profile.
"""

from bot.domain.phone_numbers import readable
from bot.domain.rules import Profile, Service
from bot.engine.texts import Language, Text, joined, t, verbatim


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


def service_card(service: Service, language: Language) -> Text:
    """One service of the directory: what it does, who refers, the phone number."""
    lines = [service.name.text(language), service.does.text(language)]
    if service.referred_by:
        lines.append(t("Referred by: {who}", who=service.referred_by.text(language)))
    if service.phone:
        lines.append(t("Phone: {phone}", phone=readable(service.phone)))
        if service.verified is None:
            lines.append(t("This number may be old. Ask us if it does not work."))
    if service.url:
        lines.append(verbatim(service.url))
    return joined(*lines, by="\n")
