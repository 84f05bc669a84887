"""Stop sharing, in two presses from the menu or from any notice about it: all of it, or with one.

Requirement rows: E13 (at once; what was told before is listed). Sources: the forms of Aurland and of Helsekompetanse.
What is said below `full` is the same for everybody, whether or not anything is shared.
"""

from bot.domain.consent import Recipient
from bot.domain.consent_commands import StopSharing
from bot.domain.consent_queries import MayShowNames, MySharing, RecipientView, SharingView, TheSharing
from bot.domain.ids import CaseId
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t


async def stop_sharing(ask: Ask) -> None:
    """The conversation behind /stoppdeling."""
    case = CaseId(int(ask.given["case"])) if "case" in ask.given else None
    names = await ask.look(MayShowNames())
    options: dict[str, Text] = {"all": t("Stop all of it")}
    held = dict(sharing(await views(ask, case))) if names else {}
    if names:
        options |= {code: t("Only: {who}", who=view.short) for code, (_, view) in held.items()}
    else:
        options["choose"] = t("Choose whom")
    options["no"] = t("Change nothing")
    told = Sensitivity.PERSONAL if names else Sensitivity.NEUTRAL
    what = await ask.choice("what", t("What do you want to stop sharing?"), options, sensitivity=told)
    if what == "choose":
        what, held = await choose(ask, case)
    if what == "no":
        await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    if what in held:
        of, view = held[what]
        await ask.do("stop", StopSharing(case=of, recipient=view.recipient))
    else:
        await ask.do("stop", StopSharing(case=case))
    await ask.say(t("Done. It stops from this moment. You get a message with what was told before."), sensitivity=Sensitivity.NEUTRAL)


async def choose(ask: Ask, case: CaseId | None) -> tuple[str, dict[str, tuple[CaseId, RecipientView]]]:
    """Whom, where names may stand."""
    held = dict(sharing(await views(ask, case)))
    options = {code: t("Only: {who}", who=view.short) for code, (_, view) in held.items()}
    chosen = await ask.choice("whom", t("With whom?"), {**options, "no": t("Change nothing")}, sensitivity=Sensitivity.PERSONAL)
    return chosen, held


async def views(ask: Ask, case: CaseId | None) -> tuple[SharingView, ...]:
    """The case named, or all of one's own."""
    if case is None:
        return tuple(each for each in await ask.look(MySharing()) if each.may_stop)
    view = await ask.look(TheSharing(case))
    return (view,) if view is not None and view.may_stop else ()


def sharing(found: tuple[SharingView, ...]) -> list[tuple[str, tuple[CaseId, RecipientView]]]:
    """Everybody who may know something now, each once in a case."""
    held: dict[tuple[CaseId, Recipient], RecipientView] = {}
    for view in found:
        for consent in view.consents:
            if consent.holds:
                held |= {(view.case, each.recipient): each for each in consent.allowed}
    return [(f"{case}/{recipient.code}", (case, each)) for (case, recipient), each in held.items()]
