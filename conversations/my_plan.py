"""The person's own room for the plan: read it, ask the coordinator something, and see how far it has come.

Here: the choice between them. Not here: what each does (`conversations.plan`, `conversations.promises`, `conversations.start_line`).
"""

from bot.domain.cases import CaseState
from bot.domain.queries import CaseView
from bot.engine.ask import Ask
from bot.engine.texts import Text, t
from conversations.plan import plan_of_case
from conversations.promises import promises_of_case
from conversations.start_line import start_line


async def my_plan(ask: Ask, view: CaseView) -> None:
    """What is there depends on whether there is a coordinator."""
    options: dict[str, Text] = {"line": t("How far it has come")}
    if view.state is CaseState.ACTIVE:
        options = {"plan": t("Goals and plan"), "ask": t("Ask my coordinator"), **options}
    what = await ask.choice("room", t("What do you want to see?"), options)
    if what == "plan":
        await plan_of_case(ask.under("plan"), view.case)
    elif what == "ask":
        await promises_of_case(ask.under("ask"), view.case)
    else:
        await start_line(ask, view.case)
