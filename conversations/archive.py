"""A case has ended: its papers are archived, one thing at a time.

Requirement row: P11. Sources: Herøy, Utskrift and Arkivering; the items are the profile's.
"""

from bot.domain.archiving import Archive, ArchiveView, TheArchive
from bot.domain.ids import CaseId
from bot.domain.queries import Me, TheProfile
from bot.domain.rules import Profile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, joined, t, verbatim
from conversations.staff_words import shortened


async def archive(ask: Ask) -> None:
    """Begun from a reminder or a button."""
    await archive_case(ask, CaseId(int(ask.given["case"])))


async def archive_case(ask: Ask, case: CaseId) -> None:
    """The same from the case."""
    view = await ask.look(TheArchive(case))
    if view is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    await ask.say(shown(view, profile, me.language))
    items = {item.id: item.words for item in profile.checklists.archiving}
    left = [item for item, day in view.steps if day is None and item in items]
    if left:
        options = {item: verbatim(shortened(items[item].in_language(me.language), 38)) for item in left}
        done = await ask.choices("done", t("What is done now?"), options, none=t("Nothing new"))
        for item in done:
            await ask.do(f"archive/{item}", Archive(case=case, item=item))
        if set(done) != set(left):
            await ask.say(t("The rest stays on your list."), sensitivity=Sensitivity.NEUTRAL)
            return
    await ask.say(after(view))


def shown(view: ArchiveView, profile: Profile, language: Language) -> Text:
    """The whole list: done with its day, or open."""
    days = dict(view.steps)
    lines: list[Text] = [t("{initials}, case {number}", initials=view.initials, number=str(view.number))]
    if view.by is not None:
        lines.append(t("To be archived by {day}.", day=view.by))
    for item in profile.checklists.archiving:
        words, day = item.words.text(language), days.get(item.id)
        lines.append(t("✓ {item} ({day})", item=words, day=day) if day else t("• {item}", item=words))
    return joined(*lines, by="\n")


def after(view: ArchiveView) -> Text:
    """What happens to what is stored here."""
    if view.exported_on is None:
        return t("Everything is archived. Now the operator hands the case to the record system. It is deleted here 30 days later.")
    return t("Everything is archived. The case was handed over on {day}. It is deleted here 30 days later.", day=view.exported_on)
