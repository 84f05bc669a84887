"""Where a case stands, said to the one it concerns: state, coordinator, talks, what happens next, and the right to complain.

Here: the words. Not here: the case as staff see it (`conversations.case_card`). Requirement rows: B11, B13, B15, Q06.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.domain.cases import BEFORE_DECISION, CaseState, DecisionState, TalkState, Wanted
from bot.domain.phone_numbers import readable
from bot.domain.places import where
from bot.domain.queries import CaseView, TalkView
from bot.domain.rules import Profile
from bot.engine.texts import Text, joined, nt, t, verbatim
from conversations.words import STATES, TALKS, WANTED

SEEN_FROM_OUTSIDE: Final[Mapping[CaseState, Text]] = {
    **{CaseState(state): words for state, words in STATES.items()},
    CaseState.CLARIFYING: t("We are looking at it."),
    CaseState.APPOINTING: t("It has been decided. The person it is about gets the answer."),
    CaseState.REFUSED: t("It has been decided. The person it is about gets the answer."),
    CaseState.ACTIVE: t("There is a coordinator now."),
}
"""For a relative, and for whoever reported it at work: never what was decided (T01)."""


GROUP_GRANTED: Final = t("You get a responsibility group. We are looking for someone to lead it.")


def standing(view: CaseView) -> Text:
    """Number, state, and what was asked for or is given. Whoever may not see what is in it only reads how far it has come."""
    number = t("Case {number}.", number=str(view.number))
    if not view.content:
        return joined(number, SEEN_FROM_OUTSIDE[view.state], by="\n")
    given = view.state in (CaseState.APPOINTING, CaseState.ACTIVE)
    what = t("You get: {what}", what=WANTED[view.wanted]) if given else t("Asked for: {what}", what=WANTED[view.wanted])
    words = GROUP_GRANTED if view.state is CaseState.APPOINTING and view.wanted is Wanted.GROUP else STATES[view.state]
    return joined(number, words, what, by="\n")


def who(view: CaseView) -> Text | None:
    """The coordinator and how to reach them, where there is one."""
    if view.coordinator_name is None:
        return None
    name = t("Your coordinator is {name}.", name=view.coordinator_name)
    if view.coordinator_contact is None:
        return name
    return joined(name, t("You reach them here: {contact}", contact=readable(view.coordinator_contact)), by="\n")


def talks(view: CaseView, now: datetime) -> tuple[Text, ...]:
    """Talks that are agreed and lie ahead, one line each."""
    return tuple(
        t("{talk}: {moment}, {place}", talk=TALKS[talk.kind], moment=talk.at, place=where(talk.place, view.for_whom))
        for talk in agreed(view, now)
    )


def agreed(view: CaseView, now: datetime) -> tuple[TalkView, ...]:
    """Talks with a time agreed that lies ahead."""
    return tuple(talk for talk in view.talks if talk.state is TalkState.BOOKED and talk.at is not None and talk.at > now)


def waiting(view: CaseView, now: datetime) -> tuple[TalkView, ...]:
    """Talks for which times are offered and none is chosen yet, while one of them lies ahead."""
    return tuple(talk for talk in view.talks if talk.state is TalkState.PROPOSED and any(each > now for each in talk.proposals))


def next_step(view: CaseView, profile: Profile, now: datetime) -> Text:
    """What happens next, in one or two sentences."""
    if waiting(view, now):
        return t("Next: choose a time for the talk.")
    if not view.content:
        only = t("For privacy, you only see how far it has come.")
        return joined(t("Next: we make contact."), only, by=" ") if view.state in BEFORE_DECISION else only
    days = profile.deadlines.contact_days
    match view.state:
        case CaseState.RECEIVED:
            return joined(t("Next: we contact you to agree on a time for a talk."), answer_time(view), by=" ")
        case CaseState.CLARIFYING:
            return joined(t("Next: we talk with you, and then you get an answer."), answer_time(view), by=" ")
        case CaseState.APPOINTING:
            return t("Next: we ask the one who fits best. You hear from us as soon as someone has said yes.")
        case CaseState.ACTIVE if view.contact_late and view.contact_by is not None:
            sorry = t("Your coordinator should have been in touch by {day}. We are sorry.", day=view.contact_by)
            return joined(sorry, t("Phone us if you want to know more."), by=" ")
        case CaseState.ACTIVE if view.contact_by is not None:
            return t("Next: your coordinator gets in touch by {day} at the latest.", day=view.contact_by)
        case CaseState.ACTIVE if not view.contacts:
            return nt("Next: your coordinator gets in touch within {n} day.", "Next: your coordinator gets in touch within {n} days.", days)
        case CaseState.ACTIVE:
            return t("Your coordinator follows this up with you.")
        case CaseState.REFUSED:
            return complaint(view)
    return t("If you need help again, you can ask us at any time.")


def answer_time(view: CaseView) -> Text:
    """By when the answer comes, or that it is late."""
    if view.delay_until is not None:
        return t("It takes longer than planned. The answer comes by {day}.", day=view.delay_until)
    if view.late:
        return t("The answer is late, and we are sorry. Phone us if you want to know more.")
    return t("The answer comes by {day}.", day=view.answer_by)


def complaint(view: CaseView) -> Text:
    """Until when one can complain, and that we help."""
    days = [each.complain_by for each in view.decisions if each.state is DecisionState.FINAL and each.complain_by is not None]
    if not days:
        return t("You can complain. Ask us, and we help you.")
    return t("You can complain until {day}. Ask us, and we help you.", day=days[-1])


def line(number: int, initials: str) -> Text:
    """A case on a button: number and initials only (T01)."""
    return verbatim(f"{number} {initials}")
