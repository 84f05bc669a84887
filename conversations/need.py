"""The need: who it is about, which services there are, for how long, and what matters, in people's own words.

Requirement rows: A11 (severity, never a diagnosis; no question here asks for one), A13 and B06 (criteria are explained and never filter:
Lund § 2; Ringerike), B05, B07 (Ås, Tips; Herøy, Koordinator og planeigar), B10 (a child may have its own lines).
"""

from bot.domain.cases import AgeGroup, ForWhom
from bot.domain.queries import Me, TheProfile
from bot.domain.rules import Audience
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from conversations.cards import YOUNG
from conversations.words import AGE_GROUPS, YES_NO_UNSURE

_CHILD_AGES = (AgeGroup.UNDER_16, AgeGroup.FROM_16)
_ADULT_AGES = (AgeGroup.ADULT, AgeGroup.ELDERLY)
_AGES = {
    ForWhom.ME: (*_CHILD_AGES, *_ADULT_AGES, AgeGroup.UNKNOWN),
    ForWhom.MY_CHILD: (*_CHILD_AGES, AgeGroup.ADULT, AgeGroup.UNKNOWN),
}
_EVERY_AGE = (AgeGroup.UNBORN, *_CHILD_AGES, *_ADULT_AGES, AgeGroup.UNKNOWN)


async def ask_name(ask: Ask, whom: ForWhom) -> str | None:
    """The name of the one it is about, or initials. None for a child that is expected, and where one would rather not say."""
    if whom is ForWhom.EXPECTED_CHILD:
        return None
    if whom is ForWhom.ME:
        prompt = t("What is your name?")
    elif whom is ForWhom.MY_CHILD:
        prompt = t("What is your child called? You can write initials.")
    else:
        prompt = t("What is the person called? You can write initials.")
    return await ask.text("name", prompt, skip=t("I would rather not say"), label=t("Name"), max_length=100)


async def ask_age(ask: Ask, whom: ForWhom) -> AgeGroup:
    """The age group, since rights change with age."""
    if whom is ForWhom.EXPECTED_CHILD:
        return AgeGroup.UNBORN
    age = await ask.choice(
        "age_group",
        t("How old are you?") if whom is ForWhom.ME else t("How old is the one this is about?"),
        {each: AGE_GROUPS[each] for each in _AGES.get(whom, _EVERY_AGE)},
        label=t("Age"),
    )
    if whom is ForWhom.ME and age in _CHILD_AGES:
        await ask.say(YOUNG, sensitivity=Sensitivity.PUBLIC)
    return AgeGroup(age)


def is_child(age: AgeGroup, whom: ForWhom) -> bool:
    """Whether the children's coordinator is the one to explain (until 18, also where the age is not told)."""
    return age in (AgeGroup.UNBORN, *_CHILD_AGES) or (age is AgeGroup.UNKNOWN and whom is ForWhom.MY_CHILD)


async def ask_services(ask: Ask, *, child: bool) -> tuple[str, ...]:
    """Services in the picture, from the municipality's directory. Empty where one does not remember."""
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    audience = Audience.CHILD if child else Audience.ADULT
    fitting = [service for service in profile.services if service.audience in (audience, Audience.BOTH)]
    if not fitting:
        return ()
    await ask.say(_criterion(profile.criteria.coordinated.text(me.language)), sensitivity=Sensitivity.PUBLIC)
    return await ask.choices(
        "services",
        t("Which services are in the picture?"),
        {service.id: service.name.text(me.language) for service in fitting},
        none=t("I don't remember"),
        label=t("Services"),
        sensitivity=Sensitivity.HEALTH,
    )


async def ask_long_lasting(ask: Ask) -> str:
    """Whether it will last. There is no fixed number of months."""
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    await ask.say(_criterion(profile.criteria.long_lasting.text(me.language)), sensitivity=Sensitivity.PUBLIC)
    return await ask.choice(
        "long_lasting",
        t("Will help be needed for a long time?"),
        YES_NO_UNSURE,
        label=t("For a long time"),
        sensitivity=Sensitivity.HEALTH,
    )


def _criterion(words: Text) -> Text:
    return t("The law has this in mind: {words} Any answer is fine, and nobody is turned away.", words=words)


async def ask_own_words(ask: Ask, whom: ForWhom, *, child: bool) -> tuple[str | None, str | None]:
    """What would help, and what is important, or both left for the talk."""
    now = await ask.choice(
        "tell_more",
        t("Do you want to write a little about the need now? You can also leave it for the talk with us."),
        {"later": t("Leave it for the talk"), "now": t("Write a little now")},
        label=t("In your own words"),
        sensitivity=Sensitivity.HEALTH,
    )
    if now == "later":
        return None, None
    need = await ask.text(
        "need",
        t("What would help? Write it in your own way."),
        skip=t("Skip this"),
        label=t("What would help"),
        sensitivity=Sensitivity.HEALTH,
    )
    if child and whom is not ForWhom.ME:
        prompt = t("What is important to the child? The child can write here too.")
    elif whom is ForWhom.ME:
        prompt = t("What is important to you?")
    else:
        prompt = t("What is important to the person?")
    important = await ask.text("important", prompt, skip=t("Skip this"), label=t("What is important"), sensitivity=Sensitivity.HEALTH)
    return need, important
