"""The first talk: offer times, note a time agreed by phone, or note that the talk was held.

Requirement rows: B12 (the coordinating unit holds a clarifying talk), B18 (everything can be done by hand), B09 (on the person's own
ground). Sources: Lund § 7.4; Rana, KE og saksbehandling.
"""

from bot.domain.access import Role
from bot.domain.cases import BEFORE_DECISION, TalkKind
from bot.domain.commands import HoldTalk
from bot.domain.ids import CaseId
from bot.domain.queries import CaseView, TheProfile
from bot.domain.standing import TheStanding
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import nt, t
from conversations.case_access import open_case
from conversations.case_card import talk_line
from conversations.representative import record_representative
from conversations.talk_times import arrange, ask_place, ask_times
from conversations.words import REACH


async def clarify(ask: Ask) -> None:
    """The conversation begun from a task or a button."""
    await clarify_case(ask, CaseId(int(ask.given["case"])))


async def clarify_case(ask: Ask, case: CaseId) -> None:
    """The same from the desk."""
    view = await open_case(ask, case, BEFORE_DECISION)
    if view is None:
        return
    await say_where_we_are(ask, view)
    what = await ask.choice(
        "what",
        t("What do you want to do about the talk?"),
        {
            "offer": t("Offer up to three times"),
            "agreed": t("Note a time we agreed"),
            "held": t("Note that it was held"),
        },
        sensitivity=Sensitivity.PERSONAL,
    )
    if what == "held":
        await note_talk_held(ask, case)
        await ask_what_was_seen(ask.under("parent"), case)
        await ask.say(t("Noted. The next step is your decision."), sensitivity=Sensitivity.PERSONAL)
        return
    place = await ask_place(ask)
    arranged = await ask_times(ask, agreed=what == "agreed")
    await arrange(ask, case, TalkKind.CLARIFYING, place, arranged)


async def ask_what_was_seen(ask: Ask, case: CaseId) -> None:
    """Somebody has said to be the child's parent. Until the unit has seen it, they are not told what is decided (E03)."""
    view = await ask.look(TheStanding(case))
    if view is None or not view.may_record or view.representatives or not any(role is Role.PARENT for _, _, role in view.parties):
        return
    seen = await ask.choice(
        "seen_it",
        t("Somebody says to be the parent. Have you seen who has parental responsibility? Until then they are not told what is decided."),
        {"yes": t("Yes, note it now"), "later": t("Not yet")},
        sensitivity=Sensitivity.PERSONAL,
    )
    if seen == "yes":
        await record_representative(ask, view, Role.PARENT)


async def say_where_we_are(ask: Ask, view: CaseView) -> None:
    """Which talks there are, how to reach the person, and by when the talk should be held."""
    profile = await ask.look(TheProfile())
    for talk in view.talks[-2:]:
        await ask.say(talk_line(talk), sensitivity=Sensitivity.PERSONAL)
    if not view.talks:
        await ask.say(
            nt(
                "Talk with {initials} within {n} working day. Meet where the person feels safe.",
                "Talk with {initials} within {n} working days. Meet where the person feels safe.",
                profile.deadlines.clarifying_talk_working_days,
                initials=view.initials,
            ),
            sensitivity=Sensitivity.PERSONAL,
        )
    if view.reach in REACH and view.reach != "chat":
        await ask.say(t("Wants to be reached: {way}", way=REACH[view.reach]), sensitivity=Sensitivity.PERSONAL)


async def note_talk_held(ask: Ask, case: CaseId) -> None:
    """Note that the clarifying talk was held, with a few words if there are any."""
    note = await ask.text(
        "note",
        t("What did you agree on? Write it short, or leave it out. Write no diagnosis."),
        skip=t("No note"),
        sensitivity=Sensitivity.HEALTH,
    )
    await ask.do("hold", HoldTalk(case=case, kind=TalkKind.CLARIFYING, note=note))
