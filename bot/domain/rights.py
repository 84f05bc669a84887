"""Who may decide, by age and by what has been recorded.

Here: pure functions of a birth date, a day in Oslo and recorded facts. Not here: how the facts were seen and stored
(`bot.store.standings`).
Guarantees: a day in Oslo is all the clock there is, so that a birthday takes effect at midnight in Oslo; nobody decides for another by
a claim; nothing here judges whether someone is able to decide: it only knows what health personnel have recorded.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bot.domain.access import Role
from bot.domain.cases import AgeGroup
from bot.domain.ids import PersonId

HEARD_FROM: Final = 12
"""Heard on their own health, and parents are not told what the child asks them not to be told (pbrl §§ 3-4, 4-4)."""
DECIDES_FROM: Final = 16
"""Decides alone about services and about who is told (pbrl § 4-3; Herøy, Koordinator og planeigar)."""
OF_AGE: Final = 18
"""Of age: parental responsibility ends (barnelova § 30; vergemålsloven § 8)."""


class Matter(StrEnum):
    """What is decided about: sharing, the wish for a coordinator or a plan, the channel, the shared log of concern (stafettlogg)."""

    SHARING = "sharing"
    WISH = "wish"
    CHANNEL = "channel"
    LOG = "log"


class Area(StrEnum):
    """What a guardian's mandate or a power of attorney covers (vergemålsloven §§ 21, 80). Only the first lets anybody decide here."""

    HEALTH_AND_CARE = "health_and_care"
    OTHER_PERSONAL = "other_personal"
    ECONOMY = "economy"


class ParentsRole(StrEnum):
    """What holders of parental responsibility are: those who decide, those told what their responsibility needs, or nothing any more."""

    DECIDE = "decide"
    NEED_TO_KNOW = "need_to_know"
    ENDED = "ended"


class Needed(StrEnum):
    """Whether everyone named must say yes, or one of them is enough."""

    ALL = "all"
    ONE = "one"


class Gap(StrEnum):
    """Why nobody can decide yet. Each is something for people to settle, never for Samråd."""

    AGE_NOT_RECORDED = "age_not_recorded"
    PERSON_NOT_KNOWN = "person_not_known"
    NOBODY_FOR_CHILD = "nobody_for_child"
    NOBODY_AFTER_LAPSE = "nobody_after_lapse"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ages:
    """The ages a municipality sets itself: linking a chat (our default 13) and the shared log (15, Tysvær)."""

    linking: int = 13
    log: int = 15


@dataclass(frozen=True, kw_only=True, slots=True)
class AgeFacts:
    """What else the rights hang on. `told`: the age group the application told, used only while no birth date is recorded."""

    ages: Ages = Ages()
    told: AgeGroup = AgeGroup.UNKNOWN
    shielded: bool = False
    lapsed: frozenset[Matter] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Rights:
    """What a person may today. `age`: whole years, None without a birth date.

    `decides`: the matters they decide alone. `own_file`: may see their own file. `parents_see`: parents see what is in the case.
    """

    age: int | None
    heard: bool
    can_be_shielded: bool
    may_link: bool
    own_file: bool
    decides: frozenset[Matter]
    parents: ParentsRole
    parents_see: bool


def birthday(born_on: date, age: int) -> date:
    """The day in Oslo on which someone becomes `age`; it counts from its midnight.

    Born on 29 February: 1 March in years without that day. The day of birth is the first day of the first year, so the last day of each
    year is the one before the birthday; a year that began on 29 February is full when 28 February is over. No statute says it in so many
    words; this is how ages are counted otherwise, and no one gets or loses a right a day before the years are full.
    """
    year = born_on.year + age
    if (born_on.month, born_on.day) == (2, 29) and not _leap(year):
        return date(year, 3, 1)
    return date(year, born_on.month, born_on.day)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def age_on(born_on: date, today: date) -> int:
    """Whole years on a day. Negative before the birth (an expected day)."""
    years = today.year - born_on.year
    return years if today >= birthday(born_on, years) else years - 1


def rights(born_on: date | None, today: date, facts: AgeFacts) -> Rights:
    """What somebody born on a day may on another, both in Oslo.

    12: heard, and can ask that parents are not told (pbrl §§ 3-4, 4-4). The linking age and the log's age: by profile. 16: decides
    (pbrl § 4-3), and sees their own file; parents are told what their responsibility needs. 18: the parents' role ends.
    Without a birth date only "adult" is taken as told; a child's age is never guessed.
    """
    if born_on is None:
        return _told(facts)
    age = age_on(born_on, today)
    decides = frozenset(Matter) if age >= DECIDES_FROM else frozenset({Matter.LOG} if age >= facts.ages.log else ())
    shielded = facts.shielded and age >= HEARD_FROM
    parents = ParentsRole.ENDED if age >= OF_AGE else ParentsRole.NEED_TO_KNOW if age >= DECIDES_FROM else ParentsRole.DECIDE
    return Rights(
        age=age,
        heard=age >= HEARD_FROM,
        can_be_shielded=HEARD_FROM <= age < DECIDES_FROM,
        may_link=age >= facts.ages.linking,
        own_file=age >= HEARD_FROM,
        decides=decides - facts.lapsed,
        parents=parents,
        parents_see=parents is ParentsRole.DECIDE and not shielded,
    )


def _told(facts: AgeFacts) -> Rights:
    adult = facts.told in (AgeGroup.ADULT, AgeGroup.ELDERLY)
    youth = facts.told is AgeGroup.FROM_16
    return Rights(
        age=None,
        heard=adult or youth,
        can_be_shielded=False,
        may_link=adult or youth,
        own_file=adult or youth or facts.told is AgeGroup.UNKNOWN,
        decides=frozenset(Matter) - facts.lapsed if adult else frozenset(),
        parents=ParentsRole.ENDED if adult else ParentsRole.NEED_TO_KNOW if youth else ParentsRole.DECIDE,
        parents_see=not (adult or youth) and not facts.shielded,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Representative:
    """Someone recorded to act for the person: a holder of parental responsibility, a guardian or an attorney, with days in Oslo.

    `until`: the last day, None while open.
    """

    person: PersonId
    capacity: Role
    areas: frozenset[Area]
    since: date
    until: date | None

    def acts(self, today: date) -> bool:
        """Does it hold on this day?"""
        return self.since <= today and (self.until is None or today <= self.until)

    def decides_here(self, today: date) -> bool:
        """Does it hold, and cover health and care? Parental responsibility covers it always."""
        return self.acts(today) and (self.capacity is Role.PARENT or Area.HEALTH_AND_CARE in self.areas)


@dataclass(frozen=True, kw_only=True, slots=True)
class Decider:
    """Someone who must say yes, and as what. `needed`: everybody in the list, or one of them."""

    person: PersonId
    capacity: Role
    needed: Needed


@dataclass(frozen=True, kw_only=True, slots=True)
class Deciding:
    """Who decides in a matter. Without deciders `gap` says what people have to settle first."""

    deciders: tuple[Decider, ...]
    gap: Gap | None = None


def deciding(
    rights_now: Rights,
    matter: Matter,
    *,
    person: PersonId | None,
    representatives: tuple[Representative, ...],
    lapsed: bool,
    both_parents: bool,
    today: date,
) -> Deciding:
    """Who must say yes in a matter today.

    Under 16: those with parental responsibility, both where the profile says so; a child without any: the guardian within the mandate.
    From 16: the person, or whom the person has given a power of attorney. After a recorded lapse: the guardian within the mandate, else
    the attorney (fremtidsfullmakt, vergemålsloven § 78); without either people at the unit settle it, and next of kin are heard
    (pbrl § 4-6). A parent never decides by being a parent from 16.
    """
    now = tuple(each for each in representatives if each.decides_here(today))
    minor = rights_now.age is not None and rights_now.age < DECIDES_FROM
    if lapsed and not minor:
        return _first(now, (Role.GUARDIAN, Role.ATTORNEY), Gap.NOBODY_AFTER_LAPSE, Needed.ONE)
    if matter in rights_now.decides:
        if person is None:
            return Deciding(deciders=(), gap=Gap.PERSON_NOT_KNOWN)
        own = Decider(person=person, capacity=Role.YOUTH if minor else Role.SELF, needed=Needed.ONE)
        attorneys = [
            Decider(person=each.person, capacity=each.capacity, needed=Needed.ONE) for each in now if each.capacity is Role.ATTORNEY
        ]
        return Deciding(deciders=(own, *([] if minor else attorneys)))
    if rights_now.age is None or rights_now.age >= DECIDES_FROM:
        return Deciding(deciders=(), gap=Gap.AGE_NOT_RECORDED)
    needed = Needed.ALL if both_parents else Needed.ONE
    return _first(now, (Role.PARENT, Role.GUARDIAN), Gap.NOBODY_FOR_CHILD, needed)


def _first(now: tuple[Representative, ...], capacities: tuple[Role, ...], gap: Gap, needed: Needed) -> Deciding:
    """Everybody of the first of these capacities that anybody has."""
    for capacity in capacities:
        who = sorted({each.person for each in now if each.capacity is capacity})
        if who:
            return Deciding(deciders=tuple(Decider(person=each, capacity=capacity, needed=needed) for each in who))
    return Deciding(deciders=(), gap=gap)


def effective(claimed: Role, rights_now: Rights, *, recorded: bool) -> Role | None:
    """What a party's role comes to today, or None where it gives nothing any more.

    `recorded`: KE has seen that they have parental responsibility, a mandate or a power of attorney that holds today. Without it a
    parent or a guardian is whoever made the application, and nothing more (E03).
    """
    minor = rights_now.parents is ParentsRole.DECIDE
    match claimed:
        case Role.SELF | Role.YOUTH:
            # Who has told nothing about their age is taken as they came; who told "under 16" is a child.
            return Role.YOUTH if minor and (rights_now.age is not None or not rights_now.own_file) else Role.SELF
        case Role.PARENT if rights_now.parents is ParentsRole.ENDED:
            return None
        case Role.PARENT if rights_now.parents is ParentsRole.NEED_TO_KNOW or not rights_now.parents_see:
            return Role.RELATIVE
        case Role.PARENT | Role.GUARDIAN | Role.ATTORNEY:
            return claimed if recorded else Role.APPLICANT
    return claimed
