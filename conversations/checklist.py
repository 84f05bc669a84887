"""Ticking a checklist: what the unit does after an appointment, and the coordinator's first week.

Requirement rows: C16 (the plan and the coordinator in the planning tool, ticked with a date), C23 (first week), A10 (children as next of
kin), C08 (training), B18. Sources: Ås, Individuell plan; Herøy, Innleiing and Koordinator si arbeidsoppgåve; Rana, Oppstart. The items
are the profile's.
"""

from bot.domain.cases import CaseState
from bot.domain.commands import Tick
from bot.domain.ids import CaseId
from bot.domain.queries import CaseView, Me, TheProfile
from bot.domain.rules import ChecklistItem, Profile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, joined, nt, t, verbatim
from conversations.case_access import open_case
from conversations.staff_words import shortened

KE = "ke"
COORDINATOR = "coordinator"


async def checklist(ask: Ask) -> None:
    """The conversation begun from a notice or a button."""
    await checklist_of(ask, CaseId(int(ask.given["case"])), ask.given["checklist"])


async def checklist_of(ask: Ask, case: CaseId, which: str) -> None:
    """The same from the desk. `which` is "ke" or "coordinator"."""
    states = {CaseState.APPOINTING, CaseState.ACTIVE} if which == KE else {CaseState.ACTIVE}
    view = await open_case(ask, case, states)
    if view is None:
        return
    profile = await ask.look(TheProfile())
    me = await ask.look(Me())
    items = items_of(profile, which)
    open_items = not_done(items, view, which)
    await ask.say(shown(items, view, which, me.language), sensitivity=Sensitivity.PERSONAL)
    if not open_items:
        await ask.say(t("Everything on the list is done. Well done!"), sensitivity=Sensitivity.PERSONAL)
        return
    options = {item.id: verbatim(shortened(item.words.in_language(me.language), 38)) for item in open_items}
    ticked = await ask.choices("done", t("What is done now?"), options, none=t("Nothing new"), sensitivity=Sensitivity.PERSONAL)
    for item in ticked:
        await ask.do(f"tick/{item}", Tick(case=case, checklist=which, item=item))
    if ticked:
        await ask.say(nt("{n} ticked, with today's date.", "{n} ticked, with today's date.", len(ticked)), sensitivity=Sensitivity.PERSONAL)


def items_of(profile: Profile, which: str) -> tuple[ChecklistItem, ...]:
    """The items of one of the profile's two checklists."""
    return profile.checklists.after_appointment if which == KE else profile.checklists.first_week


def not_done(items: tuple[ChecklistItem, ...], view: CaseView, which: str) -> tuple[ChecklistItem, ...]:
    """The items that have no date yet, in the profile's order."""
    done = {tick.item for tick in (view.ke_ticks if which == KE else view.coordinator_ticks) if tick.done_on}
    return tuple(item for item in items if item.id not in done)


def shown(items: tuple[ChecklistItem, ...], view: CaseView, which: str, language: Language) -> Text:
    """The whole list: done with its day, or open."""
    days = {tick.item: tick.done_on for tick in (view.ke_ticks if which == KE else view.coordinator_ticks)}
    lines: list[Text] = [t("{initials}, case {number}", initials=view.initials, number=str(view.number))]
    for item in items:
        words = item.words.text(language)
        day = days.get(item.id)
        lines.append(t("✓ {item} ({day})", item=words, day=day) if day else t("• {item}", item=words))
    return joined(*lines, by="\n")
