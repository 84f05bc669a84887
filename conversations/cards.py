"""The public cards: what a coordinator, a children's coordinator, an individual plan and a responsibility group are, and for whom.

Here: the words. Not here: who sees them when (`conversations.info`, `conversations.apply`). They inform and never filter (A13).
Sources: Lund §§ 1, 2, 11.4; Ringerike, Lovgrunnlaget, Barnekoordinator and Utfordringer; Ås, the coordinator's role; Rana, KE og
saksbehandling; the dated law profile (U01 to U05).
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.rules import Law, Profile, Right
from bot.engine.texts import Language, Text, joined, t, verbatim

COORDINATOR: Final = t(
    "A coordinator is one person you can turn to. The coordinator keeps track and makes sure that those who help you work together. "
    "You can have a coordinator even if you do not want an individual plan. Your wish for who it should be counts a lot."
)

PLAN: Final = t(
    "An individual plan is your own plan. It shows what you want, who does what, and when. "
    "You decide whether you want one, and you take part in making it. You can stop it at any time."
)

GROUP: Final = t(
    "A responsibility group is you and those who help you. You meet and agree on what to do next. "
    "You can have a group even if you do not have an individual plan."
)

YOUNG: Final = t(
    "This is for you who are under 18. You can ask us yourself, and you can write in your own way. "
    "You may always say what you think. From 12 your view counts a lot, and from 16 you decide yourself. "
    "You can bring someone you trust."
)
"""For children and young people (B10: Lund § 9; that parents consent until 16: Herøy)."""

SINGLE_SERVICES: Final = t(
    "You apply for single services yourself, or your guardian does it for you. A coordinator cannot apply for you. "
    "We can show you where to apply, but we cannot promise a service."
)
SINGLE_SERVICES_FOR_ANOTHER: Final = t(
    "The person applies for single services, or a parent or guardian does it. A coordinator cannot apply for anybody. "
    "We can show where to apply, but we cannot promise a service."
)
"""To whoever wrote about somebody else: the services are not theirs to get."""

FAQ: Final[Mapping[str, tuple[Text, Text]]] = {
    "doctor": (
        t("Is my doctor my coordinator?"),
        t("No. Your regular doctor coordinates your medical treatment. A coordinator looks after the whole, and is another person."),
    ),
    "apply_for_me": (t("Can the coordinator apply for me?"), SINGLE_SERVICES),
    "come_along": (
        t("Is the coordinator at all meetings?"),
        t(
            "No. The coordinator is not expected in meetings you have with one single service. "
            "The coordinator is there when several services meet."
        ),
    ),
    "grant": (
        t("Can the coordinator give services?"),
        t("No. The coordinator cannot grant services. The coordinator can show you the way, and make those involved work better together."),
    ),
    "binding": (
        t("Is an individual plan binding?"),
        t(
            "No. An individual plan is not legally binding, and it gives no right to more services. "
            "A written decision about a service is binding. You apply for the service itself."
        ),
    ),
    "do_it_all": (
        t("Does the coordinator do it all?"),
        t("No. Those who help you keep their own tasks. The coordinator makes sure that nothing falls between them."),
    ),
    "group_decides": (
        t("Can the group decide about services?"),
        t("No. The group agrees on what to do. Each one can only decide what they may decide at work."),
    ),
    "duty": (
        t("Must those who help me take part?"),
        t("Yes. Health personnel have a duty to help with the plan and the coordination. The municipality must make room for it."),
    ),
}
"""Questions and answers (C19, S01, D20, S03, S04, K11, S02; S05: Lund § 11.4; S06, S07: Ringerike, Lovgrunnlaget)."""


def childrens_coordinator(law: Law, profile: Profile) -> Text:
    """What it is, since when, up to which age, and that no diagnosis is asked for (A11)."""
    section = law.section(Right.CHILDREN_COORDINATOR)
    first = t(
        "A children's coordinator helps a family that has or expects a child who is seriously ill, injured or needs extra help. "
        "The child needs health care and other help over time. It applies until the child turns {age}.",
        age=profile.application.children_until_age,
    )
    second = t("What counts is how much help is needed, never the name of an illness.")
    if section.since is None:
        return joined(first, second, by=" ")
    return joined(first, second, t("Families have had this right since {day}.", day=section.since), by=" ")


def rights(law: Law, language: Language) -> Text:
    """Every right in plain words, with its section, and the day this was last compared with the law (T09)."""
    sections = (joined(each.explained.text(language), each.cited.text(language), by="\n") for each in law.sections)
    return joined(*sections, t("Compared with the law on {day}.", day=law.checked))


def criteria(profile: Profile, language: Language) -> Text:
    """What "coordinated" and "long-lasting" mean here (A13: Lund, two beyond the doctor and the public health nurse; Ringerike, two)."""
    return joined(
        t("The law has this in mind:"),
        profile.criteria.coordinated.text(language),
        profile.criteria.long_lasting.text(language),
        t("We never turn you away because of this. If you are not sure, ask us."),
        by="\n",
    )


def paper(profile: Profile, language: Language) -> Text:
    """Forms on paper and pages to read (B17). Paper is as good as the chat."""
    links = profile.links
    named = (
        (t("Application form"), links.application_form),
        (t("Consent form"), links.consent_form),
        (t("Evaluation form"), links.evaluation_form),
        (t("Template for an individual plan"), links.plan_template),
        (t("Apply for single services"), links.apply_for_services),
        (t("Our home page"), links.home),
    )
    lines = [joined(label, verbatim(address), by=": ") for label, address in named if address]
    return joined(t("You can do everything on paper or by phone too. We help you fill in the form."), *lines, by="\n")


def video(profile: Profile) -> Text:
    """The Norwegian Directorate of Health's film about plan and coordinator (A12)."""
    if profile.links.video is None:
        return t("We have no film to show you here. Ask us, and we will tell you more.")
    return t("Here is a short film about individual plans and coordinators: {link}", link=profile.links.video)


def sources(profile: Profile, language: Language) -> Text:
    """Pages worth reading, from others than the municipality (Q07)."""
    lines = [joined(each.name.text(language), verbatim(each.url), by=": ") for each in profile.sources]
    return joined(t("Here is more to read:"), *lines, by="\n")
