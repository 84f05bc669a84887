"""The menu and /hjelp, made from the registry.

Here: the same menu for everybody, so that it says nothing about the one who opens it. Not here: what the conversations say.
"""

from bot.domain.choices import PrivacyLevel
from bot.engine.texts import Text, joined, t
from bot.services import notices
from bot.services.municipality import Context
from bot.services.notices import NoticeButton
from bot.services.presenting import Rows, Shown
from bot.store import people, sessions


def opening(context: Context) -> Shown:
    """What one can do here."""
    entries = sorted((entry for entry in context.municipality.registry if entry.menu is not None), key=lambda entry: entry.menu or 0)
    rows: Rows = tuple((NoticeButton(label=entry.title, meaning={"begin": entry.name, "given": {}}),) for entry in entries)
    return Shown(text=t("What would you like to do?"), rows=(*to_go_on(context), *rows))


def to_menu() -> Rows:
    """The way back to the menu, and the way to a human that stands beside it everywhere (B13)."""
    human = NoticeButton(label=t("Talk to a human"), meaning={"begin": "human", "given": {}})
    return ((NoticeButton(label=t("Menu"), meaning={"menu": True}), human),)


def onwards(context: Context, conversation: str) -> Rows:
    """What stands under the end of a conversation: at work the way back to the desk, for everybody else the way to a human."""
    entry = context.municipality.registry.named(conversation)
    desk = context.municipality.registry.named("staff")
    of_work = entry is not None and desk is not None and (entry.menu is None or entry is desk)
    if not of_work or not people.person(context.tx, context.actor).roles & notices.STAFF:
        return to_menu()
    assert desk is not None
    back = NoticeButton(label=desk.title, meaning={"begin": desk.name, "given": {}})
    return ((NoticeButton(label=t("Menu"), meaning={"menu": True}), back),)


def to_go_on(context: Context) -> Rows:
    """Buttons to what was left half way. Below `full` they do not say what that is."""
    waiting = sessions.parked_of(context.tx, context.actor)[:3]
    level = notices.level_of(context, people.person(context.tx, context.actor))
    if level is not PrivacyLevel.FULL:
        return tuple((NoticeButton(label=t("Go on where you left off"), meaning={"resume": session.id}),) for session in waiting[:1])
    found = []
    for session in waiting:
        entry = context.municipality.registry.named(session.conversation)
        if entry is not None:
            found.append((NoticeButton(label=t("Go on: {title}", title=entry.title), meaning={"resume": session.id}),))
    return tuple(found)


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
