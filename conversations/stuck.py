"""A coordinator is stuck, or sees something that is bigger than this one case: leader and unit are asked.

Requirement rows: K16 (contact leader or unit; they seldom ask by themselves), K21 (matters lifted on the person's behalf). Sources: Rana,
Det enkle er ofte det beste; Ringerike, Utfordringer; Ås, Tips.
"""

from bot.domain.ids import CaseId
from bot.domain.plan_commands import AskForGuidance
from bot.domain.plan_queries import TheGuidance
from bot.domain.promises import GuidanceKind
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t

LONGEST = 800


async def stuck(ask: Ask) -> None:
    """Begun from a button."""
    await stuck_in_case(ask, CaseId(int(ask.given["case"])))


async def stuck_in_case(ask: Ask, case: CaseId) -> None:
    """The same from the desk."""
    view = await ask.look(TheGuidance(case))
    if view is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(t("Case {number}, {initials}", number=str(view.number), initials=view.initials))
    for each in view.waiting:
        await ask.say(t("Asked on {day}: «{words}»", day=each.on, words=each.words), sensitivity=Sensitivity.HEALTH)
    kinds = {str(GuidanceKind.STUCK): t("I am stuck here"), str(GuidanceKind.LIFTED): t("This must be lifted")}
    kind = GuidanceKind(await ask.choice("kind", t("What is it about? It is right to ask early."), kinds))
    leader = False
    if view.leader:
        whom: dict[str, Text] = {"both": t("My leader and the unit"), "unit": t("The unit alone")}
        leader = await ask.choice("whom", t("Who shall help you?"), whom) == "both"
    prompt = t("What do you need help with? Write nothing about the person's health.")
    if kind is GuidanceKind.LIFTED:
        prompt = t("What must change, and for whom? Write nothing about the person's health.")
    words = await ask.text("words", prompt, max_length=LONGEST)
    await ask.do("ask", AskForGuidance(case=case, kind=kind, to_leader=leader, words=words or ""))
    if kind is GuidanceKind.STUCK:
        await ask.say(t("The coordinating unit has got it. You get an answer within two working days."))
        return
    await ask.say(t("Your question is sent. The unit has it on its list, and you hear when it is looked at."))
