"""The menu and /hjelp, made from the registry.

Here: the same menu for everybody, so that it says nothing about the one who opens it. Not here: what the conversations say.
"""

import re
from collections.abc import Sequence
from typing import Final

from bot.domain.access import Action, may
from bot.domain.choices import PrivacyLevel
from bot.domain.ids import CaseId
from bot.engine.registry import Entry
from bot.engine.replay import Turn
from bot.engine.texts import Text, joined, t
from bot.services import notices
from bot.services.municipality import Context
from bot.services.notices import NoticeButton
from bot.services.presenting import Rows, Shown
from bot.store import cases, people, sessions, stands
from bot.store.sessions import Session

IN_A_CASE: Final = re.compile(r"(?:^|/)case/(\d+)/")
"""How the keys of what is asked in an opened case begin (`conversations.case_desk`)."""


def opening(context: Context) -> Shown:
    """What one can do here."""
    entries = sorted((entry for entry in context.municipality.registry if entry.menu is not None), key=lambda entry: entry.menu or 0)
    rows: Rows = tuple((NoticeButton(label=entry.title, meaning={"begin": entry.name, "given": {}}),) for entry in entries)
    return Shown(text=t("What would you like to do?"), rows=(*to_go_on(context), *rows))


def to_menu() -> Rows:
    """The way back to the menu, and the way to a human that stands beside it everywhere (B13)."""
    human = NoticeButton(label=t("Talk to a human"), meaning={"begin": "human", "given": {}})
    return ((NoticeButton(label=t("Menu"), meaning={"menu": True}), human),)


def onwards(context: Context, session: Session, turn: Turn) -> Rows:
    """What stands under the end of a conversation: at work the way back to the desk and the case, for everybody else the way to a human."""
    entry = context.municipality.registry.named(session.conversation)
    desk = context.municipality.registry.named("staff")
    of_work = entry is not None and desk is not None and (entry.menu is None or entry is desk)
    if not of_work or not people.person(context.tx, context.actor).roles & notices.STAFF:
        return to_menu()
    assert desk is not None
    back = NoticeButton(label=desk.title, meaning={"begin": desk.name, "given": {}})
    rows = ((NoticeButton(label=t("Menu"), meaning={"menu": True}), back),)
    case = _opened(session, turn)
    if case is None or not _works_with(context, case):
        return rows
    return (*rows, (notices.begin(t("Back to the case"), "inbox", case=case),))


def _opened(session: Session, turn: Turn) -> CaseId | None:
    """The case a conversation was about: given with it, or opened in it."""
    if "case" in session.given:
        return CaseId(int(session.given["case"]))
    found = (IN_A_CASE.search(question.key) for question, _ in reversed(turn.given))
    return next((CaseId(int(each[1])) for each in found if each is not None), None)


def _works_with(context: Context, case: CaseId) -> bool:
    tx = context.tx
    unit = may(Action.SEE_INBOX, people.standing_roles(tx, context.actor))
    return cases.find(tx, case) is not None and (unit or case in stands.held_by(tx, context.actor))


def to_go_on(context: Context) -> Rows:
    """Buttons to what was left half way. Below `full` they do not say what that is."""
    waiting = left_half_way(context, sessions.parked_of(context.tx, context.actor))[:3]
    level = notices.level_of(context, people.person(context.tx, context.actor))
    if level is not PrivacyLevel.FULL:
        return tuple((NoticeButton(label=t("Go on where you left off"), meaning={"resume": session.id}),) for session, _ in waiting[:1])
    return tuple((NoticeButton(label=t("Go on: {title}", title=entry.title), meaning={"resume": each.id}),) for each, entry in waiting)


def left_half_way(context: Context, found: Sequence[Session]) -> list[tuple[Session, Entry]]:
    """Of those, newest first, what one can tell apart: a conversation once, but for those whose answers are kept for later."""
    waiting: list[tuple[Session, Entry]] = []
    for session in found:
        entry = context.municipality.registry.named(session.conversation)
        if entry is not None and (entry.keeps or session.conversation not in {each.conversation for each, _ in waiting}):
            waiting.append((session, entry))
    return waiting


def help_text(context: Context) -> Text:
    """What /hjelp says: the commands, whom to phone, and where to turn when life is in danger."""
    profile = context.municipality.profile
    entries = [entry for entry in context.municipality.registry if entry.menu is not None and entry.commands]
    lines = [
        t("{command}: {title}", command=f"/{entry.commands[0]}", title=entry.title)
        for entry in sorted(entries, key=lambda each: each.menu or 0)
    ]
    lines += [
        t("{command}: {title}", command="/meny", title=t("Menu")),
        t("{command}: {title}", command="/avbryt", title=t("Cancel what you are doing")),
    ]
    phone = context.municipality.phone
    parts = [t("Press the buttons, or write one of these:"), joined(*lines, by="\n")]
    if phone:
        parts.append(t("You can always phone {municipality} on {phone}.", municipality=profile.municipality.display_name, phone=phone))
    parts.append(t("Is life in danger? Phone 113."))
    return joined(*parts)
