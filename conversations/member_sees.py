"""What one member may know, each kind by itself, and whether they take part always or come when needed.

Requirement rows: E05, E06, F05, F06. Sources: Herøy, Framdrift; Ås, Ansvarsgruppe; Lund § 11.4. It never reaches beyond the consent.
"""

from bot.domain.circle import MemberKind
from bot.domain.circle_commands import SetMember
from bot.domain.circle_queries import MemberView
from bot.domain.consent import InfoKind
from bot.domain.consent_form import INFO
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.circle_words import KINDS


async def member_sees_of(ask: Ask, member: MemberView) -> None:
    """Asked anew from the beginning, so that nothing is kept by oversight."""
    chosen = await ask_sees(ask, member.name)
    kind = await ask.choice("kind", t("How does {name} take part?", name=member.name), KINDS, sensitivity=Sensitivity.PERSONAL)
    await ask.do("set", SetMember(member=member.member, sees=chosen, kind=MemberKind(kind)))
    await ask.say(
        t("It is changed. {name} never gets to know more than the consent says.", name=member.name), sensitivity=Sensitivity.PERSONAL
    )


async def ask_sees(ask: Ask, name: str) -> tuple[InfoKind, ...]:
    """Which kinds of information; all that the consent names is one press."""
    how = await ask.choice(
        "how_much",
        t("What may {name} know?", name=name),
        {"consent": t("All that the consent says"), "less": t("Less than that")},
        sensitivity=Sensitivity.PERSONAL,
    )
    if how == "consent":
        return tuple(INFO)
    chosen = await ask.choices(
        "kinds",
        t("Choose what {name} may know, if the consent says so too.", name=name),
        {kind.value: words for kind, words in INFO.items()},
        none=t("Nothing now"),
        sensitivity=Sensitivity.PERSONAL,
    )
    return tuple(InfoKind(each) for each in chosen)
