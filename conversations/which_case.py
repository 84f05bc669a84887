"""Which of one's own cases a conversation is about.

Here: the one a button named, the only one, or the one chosen. Not here: what is done with it.
"""

from bot.domain.ids import CaseId
from bot.domain.queries import MyCases
from bot.engine.ask import Ask
from bot.engine.texts import t
from conversations.case_standing import line


async def which_case(ask: Ask) -> CaseId | None:
    """The case asked about: the one a button named, the only one, or the one chosen."""
    if "case" in ask.given:
        return CaseId(int(ask.given["case"]))
    # A coordinator's cases stand under "For staff".
    mine = [each for each in await ask.look(MyCases()) if not each.as_coordinator]
    if not mine:
        return None
    if len(mine) == 1:
        return mine[0].case
    chosen = await ask.choice(
        "which", t("Which one do you want to see?"), {str(each.case): line(each.number, each.initials) for each in mine}
    )
    return CaseId(int(chosen))
