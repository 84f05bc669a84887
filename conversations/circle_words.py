"""Words for the people around somebody: what each is, how far it has come, and what they may know.

Here: labels and lines. Not here: questions. The kinds of information have their words in the form of the consent itself
(`bot.domain.consent_form`), so that the list says what the form said.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.domain.circle import MemberKind, MemberState
from bot.domain.circle_queries import AlwaysIn, CircleView, MemberView, Part
from bot.domain.consent import InfoKind
from bot.domain.consent_form import INFO
from bot.domain.rules import Profile
from bot.engine.texts import Language, Text, joined, t, verbatim

KINDS: Final[Mapping[str, Text]] = {
    MemberKind.FIXED: t("Fixed member"),
    MemberKind.WHEN_NEEDED: t("Comes when needed"),
}
STATES: Final[Mapping[MemberState, Text]] = {
    MemberState.ADDED: t("Not asked yet"),
    MemberState.INVITED: t("Asked, has not answered"),
    MemberState.JOINED: t("Takes part"),
    MemberState.DECLINED: t("Said no"),
    MemberState.ENDED: t("Does not take part any more"),
}
PARTS: Final[Mapping[Part, Text]] = {
    Part.PERSON: t("it is about this person"),
    Part.PARENT: t("parent"),
    Part.GUARDIAN: t("guardian"),
    Part.ATTORNEY: t("has a power of attorney"),
    Part.COORDINATOR: t("coordinator"),
}


def kinds(sees: Iterable[InfoKind]) -> Text:
    """Kinds of information in plain words, one a line, in the order of the form."""
    wanted = frozenset(sees)
    return joined(*(t("• {item}", item=words) for kind, words in INFO.items() if kind in wanted), by="\n")


def always(each: AlwaysIn) -> Text:
    """Somebody who is always of it; the reader of themselves as you."""
    if each.you and each.name:
        return t("{name} (you)", name=each.name)
    return t("{name} ({part})", name=each.name, part=PARTS[each.part]) if each.name else PARTS[each.part]


def who(member: MemberView, profile: Profile, language: Language) -> Text:
    """Name, title and where they come from."""
    found = None if member.service is None else profile.service(member.service)
    service = found.name.text(language) if found is not None else verbatim(member.service_words) if member.service_words else None
    parts = [verbatim(member.name), verbatim(member.title)]
    return joined(*parts, service, by=", ") if service is not None else joined(*parts, by=", ")


def may_know(member: MemberView) -> Text:
    """What they may know now, and until when; else why nothing."""
    if not member.now or member.until is None:
        return t("May know nothing now. No consent covers it.")
    return joined(t("May know until {day}:", day=member.until), kinds(member.now), by="\n")


def line(member: MemberView, profile: Profile, language: Language) -> Text:
    """One member in the list that the person can always open (E06)."""
    state = t("{state}. {kind}.", state=STATES[member.state], kind=KINDS[member.kind])
    return joined(who(member, profile, language), state, may_know(member), by="\n")


def listed(view: CircleView, profile: Profile, language: Language) -> tuple[Text, ...]:
    """The whole list, in parts short enough for a message."""
    members = [line(each, profile, language) for each in view.members]
    first = joined(*(always(each) for each in view.always), by="\n")
    parts = [joined(t("Always part of it:"), first, by="\n")]
    parts += [joined(*members[start : start + 5]) for start in range(0, len(members), 5)]
    return tuple(parts) if members else (*parts, t("Nobody else takes part yet."))
