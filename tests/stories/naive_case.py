"""The naive reading of a case on its way, of consents, of who decides, and of what was left half way."""

from datetime import date, timedelta

from bot.domain.reminders import CaseFacts, NoticeFacts, SessionFacts
from bot.domain.reminders.consent import ConsentFacts
from bot.domain.reminders.nudging import NudgeFacts
from bot.domain.reminders.standing import StandingFacts
from bot.domain.rules import Profile
from tests.stories.naive import Reading, Told, after, midnight, months, nine, oslo, patient, working


def case(facts: CaseFacts, profile: Profile) -> Reading:
    """The unit's clock, talks, the first contact, a long group, and who has not answered about a coordinator."""
    limits, undecided = profile.deadlines, facts.state in {"received", "clarifying"}
    if undecided:
        if not [each for each in facts.talks if each.kind == "clarifying" and each.state in {"booked", "held"}]:
            last = working(oslo(facts.received_at), limits.clarifying_talk_working_days)
            yield Told("clarify_soon", None, None, nine(working(last, -1)), last=nine(last))
            yield Told("clarify_late", None, None, nine(last + timedelta(days=1)))
        promised = str(facts.due)
        yield Told("answer_soon", None, None, nine(facts.due - timedelta(days=7)), promised, midnight(facts.due + timedelta(days=1)))
        yield Told("answer_late", None, None, nine(facts.due + timedelta(days=1)), promised)
    for talk in facts.talks:
        if talk.state == "proposed":
            yield Told("times_silent", None, talk.id, after(talk.created_at, 3))
        if talk.state == "booked" and talk.at is not None:
            yield Told("talk_tomorrow", None, talk.id, nine(working(oslo(talk.at), -1)), str(talk.at), talk.at)
            yield Told("talk_noted", None, talk.id, after(talk.at, 1), str(talk.at))
    for one in facts.assignments:
        if facts.state == "active" and one.state == "accepted" and one.answered_at is not None:
            if not facts.contacted:
                yield Told("contact_nudge", one.candidate, one.id, after(one.answered_at, limits.contact_nudge_day))
                yield Told("contact_late", one.candidate, one.id, after(one.answered_at, limits.contact_days))
                yield Told("contact_leader", one.leader, one.id, after(one.answered_at, limits.leader_told_day))
            if facts.wanted == "group":
                day = months(oslo(one.answered_at), limits.group_without_coordinator_months)
                yield Told("group_long", one.candidate, one.id, nine(day))
        if facts.state == "appointing" and one.state in {"leader_asked", "candidate_asked"}:
            leader = one.state == "leader_asked"
            days = limits.leader_answer_working_days if leader else limits.candidate_answer_working_days
            last, kind = working(oslo(one.asked_at), days), "leader" if leader else "candidate"
            yield Told(f"{kind}_silent", one.leader if leader else one.candidate, one.id, nine(last), str(one.asked_at))
            yield Told(f"{kind}_still_silent", None, one.id, nine(working(last, 1)), str(one.asked_at))


def consents(facts: ConsentFacts, profile: Profile) -> Reading:
    """Before one ends, after it, a new form, somebody else who decides, and the journal."""
    said: set[date] = set()
    for held in facts.held:
        if held.until not in said:
            said.add(held.until)
            over = midnight(held.until + timedelta(days=1))
            for days in profile.consent.warn_days:
                if (due := nine(held.until - timedelta(days=days))) > held.given_at:
                    yield Told("consent_ends", None, held.id, due, f"{held.until}/{days}", over)
            yield Told("consent_ended", None, held.id, nine(held.until + timedelta(days=1)), str(held.until))
        if held.text_version < 1:
            yield Told("consent_text", None, held.id, nine(oslo(held.given_at)))
    for consent, at in facts.lapsed:
        yield Told("consent_anew", None, consent, nine(oslo(at)))
    for task, due_on in facts.to_register:
        yield Told("consent_register", None, task, nine(due_on + timedelta(days=1)))


def standing(facts: StandingFacts, profile: Profile) -> Reading:
    """16 and 18, and mandates that begin or end."""
    del profile
    if not facts.living:
        return
    for age in (16, 18) if facts.born_on is not None and facts.recorded_at is not None else ():
        assert facts.born_on is not None
        assert facts.recorded_at is not None
        day, mark = months(facts.born_on, 12 * age), f"{facts.recorded_at}/{age}"
        if facts.born_on.month == 2 and facts.born_on.day == 29 and day.day == 28:
            day = date(day.year, 3, 1)
        if midnight(day) <= facts.recorded_at:
            continue
        ahead = [days for days in (90, 30) if nine(day - timedelta(days=days)) > facts.recorded_at]
        for days in ahead:
            yield Told("rights_soon", None, age, nine(day - timedelta(days=days)), f"{mark}/{days}", midnight(day))
        if len(ahead) < 2 and nine(oslo(facts.recorded_at)) < midnight(day):
            yield Told("rights_soon", None, age, nine(oslo(facts.recorded_at)), f"{mark}/at once", midnight(day))
        youth = max(nine(day - timedelta(days=60)), nine(oslo(facts.recorded_at)))
        if age == 16 and youth < midnight(day):
            yield Told("youth_told", None, age, youth, mark, midnight(day))
        yield Told("rights_change", None, age, midnight(day), mark, night=True)
        yield Told("rights_changed", None, age, nine(day), mark)
    for name, day, recorded_at in facts.changes:
        if midnight(day) > recorded_at:
            yield Told("rights_change", None, None, midnight(day), name, night=True)


def session(facts: SessionFacts, profile: Profile) -> Reading:
    """What was begun and left."""
    last, rules = facts.last_at, profile.application
    mark = str(oslo(last))
    if not facts.keeps:
        yield Told("session_expires", None, None, after(last, 14), mark)
        return
    end = rules.kept_days if facts.kept else rules.keep_days
    yield Told("unfinished_deleted", None, end, after(last, end), mark)
    if not facts.kept:
        *early, late = rules.unfinished_reminder_days
        for days in {*early, profile.deadlines.report_draft_nudge_days} if facts.report else set(early):
            yield Told("unfinished", None, days, after(last, days), f"{mark}/{days}")
        yield Told("keep_or_delete", None, late, after(last, late), mark)


def notice(facts: NoticeFacts, profile: Profile) -> Reading:
    """An important message that nobody has read."""
    del profile
    if facts.waits:
        yield Told("notice_unread", None, None, nine(working(oslo(facts.created_at), 5)))


def nudge(facts: NudgeFacts, profile: Profile) -> Reading:
    """A nudge put off, or without an answer."""
    mark, rules = str(oslo(facts.nudged_at)), profile.nudges
    if facts.later_on is not None:
        yield Told("nudge_again", facts.person, facts.id, nine(facts.later_on), str(facts.later_on), facts.useful_until)
    elif facts.climbs:
        told = patient(oslo(facts.nudged_at), rules.leader_working_days - rules.warned_working_days, profile)
        yield Told("nudge_warned", facts.person, facts.id, nine(told), mark, facts.useful_until)
        told = patient(oslo(facts.nudged_at), rules.leader_working_days, profile)
        yield Told("nudge_leader", facts.person, facts.id, nine(told), mark, facts.useful_until)
