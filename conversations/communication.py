"""What someone needs in order to understand and be understood: asked once, shown to the coordinator.

Requirement row: B08 (Lund § 9). Kept as codes, with the interpreter's language in the applicant's own words: "interpreter=polsk;time".
"""

from collections.abc import Mapping
from typing import Final

from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t, verbatim

NEEDS: Final[Mapping[str, Text]] = {
    "interpreter": t("Interpreter"),
    "easy_words": t("Easy words"),
    "pictures": t("Pictures or signs"),
    "hearing": t("Hears poorly"),
    "sight": t("Sees poorly"),
    "time": t("Plenty of time"),
    "company": t("Someone along"),
}


async def ask_communication(ask: Ask) -> str | None:
    """The needs as codes, or None where there are none."""
    needs = await ask.choices(
        "communication",
        t("Is something needed for a good talk? An interpreter is free."),
        NEEDS,
        none=t("None of these"),
        label=t("Needed for a good talk"),
        sensitivity=Sensitivity.HEALTH,
    )
    tongue = None
    if "interpreter" in needs:
        tongue = await ask.text(
            "interpreter_language",
            t("Which language shall the interpreter speak?"),
            skip=t("I will tell you later"),
            label=t("The interpreter's language"),
            sensitivity=Sensitivity.PERSONAL,
            max_length=60,
        )
    return encoded(needs, tongue)


def encoded(needs: tuple[str, ...], tongue: str | None) -> str | None:
    """What is stored with the case."""
    if not needs:
        return None
    words = "" if tongue is None else "=" + tongue.replace(";", ",")
    return ";".join(need + words if need == "interpreter" else need for need in needs)


def communication_text(stored: str | None) -> Text | None:
    """What is stored, in words; somebody's own words stay as they are. None where nothing is needed."""
    if not stored:
        return None
    parts = []
    for each in stored.split(";"):
        need, _, tongue = each.partition("=")
        label = NEEDS.get(need, verbatim(need))
        parts.append(joined(label, verbatim(tongue), by=": ") if tongue else label)
    return joined(*parts, by=", ")
