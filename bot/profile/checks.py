"""What the values of a profile must keep to, alone and together.

Here: ranges, formats, and what contradicts what. Not here: types and keys (`bot.profile.reading`), agendas
(`bot.profile.agenda_checks`), the evaluation form (`bot.profile.evaluation_checks`). Guarantee: each broken rule gives one
sentence with the file, the key, and what to do.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from bot.domain.choices import PrivacyLevel, Rhythm
from bot.domain.law import DecisionType, Law, Right
from bot.domain.rules import Profile, RecurringTask, Service
from bot.engine.texts import WRITTEN_FORMS
from bot.profile.agenda_checks import agenda_mistakes
from bot.profile.evaluation_checks import evaluation_mistakes
from bot.profile.ids import id_mistakes

RANGES: Final[dict[str, tuple[int, int]]] = {
    "criteria.services_needed": (1, 5),
    "deadlines.clarifying_talk_working_days": (1, 30),
    "deadlines.answer_months": (1, 3),
    "deadlines.leader_answer_working_days": (1, 30),
    "deadlines.candidate_answer_working_days": (1, 30),
    "deadlines.contact_days": (1, 30),
    "deadlines.contact_nudge_day": (1, 30),
    "deadlines.leader_told_day": (1, 60),
    "deadlines.report_draft_nudge_days": (1, 30),
    "deadlines.group_without_coordinator_months": (1, 24),
    "deadlines.leaders_meeting_days": (1, 60),
    "application.keep_days": (1, 365),
    "application.kept_days": (1, 365),
    "application.children_until_age": (16, 18),
    "appointment.plans_at_most": (1, 50),
    "meetings.a_year_at_least": (1, 12),
    "meetings.a_year_usual": (1, 12),
    "meetings.notice_days": (1, 60),
    "meetings.gatherings_a_year": (0, 12),
    "hand_over.overlap_days": (0, 365),
    "hand_over.wish_working_days": (1, 30),
    "hand_over.substitute_months": (1, 24),
    "consent.usual_months": (1, 36),
    "closing.ask_months": (3, 36),
    "closing.archive_working_days": (1, 90),
    "consent.journal_working_days": (1, 30),
    "sending.linking_age": (13, 18),
    "standing.log_age": (12, 16),
    "progress.owner_day": (0, 30),
    "progress.again_day": (1, 60),
    "progress.leader_day": (1, 90),
    "progress.unit_day": (1, 120),
    "progress.before_meeting_days": (1, 30),
    "progress.promise_days": (1, 30),
    "progress.own_look_days": (7, 180),
    "startup.quiet_days": (7, 365),
    "startup.quiet_leader_days": (1, 90),
    "startup.introduce_days": (1, 60),
    "nudges.most_a_day": (1, 50),
    "nudges.leader_working_days": (2, 60),
    "nudges.warned_working_days": (1, 30),
    "evaluation.without_date_days": (14, 365),
    "evaluation.nudge_days": (1, 60),
    "evaluation.change_working_days": (1, 60),
    "evaluation.complaint_working_days": (1, 30),
    "phases.youth_from_age": (10, 16),
    "phases.adult_from_age": (18, 25),
    "phases.elderly_from_age": (60, 80),
    "phases.school_month": (8, 9),
    "phases.school_day": (1, 30),
    "phases.unit_months": (1, 24),
    "phases.guardianship_months": (3, 24),
    "phases.home_from_age": (14, 17),
    "phases.work_from_age": (15, 18),
    "phases.child_coordinator_days": (30, 365),
    "phases.list_days": (7, 180),
    "phases.outlook_months": (3, 24),
}

PHONE: Final = re.compile(r"\+47[2-9]\d{7}")
SHORT_PHONE: Final = re.compile(r"1\d{2}|116\d{3}|0[2-9]\d{3}")
MADE_UP_PHONE: Final = re.compile(r"\+4700\d{6}")
"""No Norwegian number of eight digits begins with 0: such numbers are for made-up municipalities, and ring nowhere."""
MOBILE: Final = re.compile(r"\+47[49]\d{7}")
EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}")


def profile_mistakes(profile: Profile, file: str, mobiles: frozenset[str]) -> list[str]:
    """Every rule the profile breaks, as sentences. `mobiles`: numbers of mobile type that belong to an institution (T12)."""
    checks: tuple[Callable[[Profile], Iterator[str]], ...] = (
        _form,
        _ranges,
        _orders,
        _formats,
        _ids,
        _services,
        _recurring,
        agenda_mistakes,
        evaluation_mistakes,
    )
    return [f"{file}: {what}" for check in checks for what in check(profile)] + [f"{file}: {what}" for what in _phones(profile, mobiles)]


def profile_warnings(profile: Profile) -> tuple[str, ...]:
    """What a municipality should put right before real use, as sentences. The profile can be used all the same."""
    warnings: list[str] = []
    if profile.contact.best_phone() is None:
        warnings.append("contact has no phone: the handbook names none. Add phone or switchboard: every receipt tells whom to call.")
    old = [service.id for service in profile.services if service.phone is not None and service.verified is None]
    if old:
        warnings.append(f"services have numbers nobody has checked: {', '.join(old)}. Call them, and add verified with today's date.")
    if not any(service.phone for service in profile.services):
        warnings.append("services have no phone numbers at all. Add the ones people may call.")
    return tuple(warnings)


def law_mistakes(law: Law, file: str) -> list[str]:
    """Every rule the law profile breaks, as sentences."""
    return [f"{file}: {what}" for what in _law(law)]


def _form(profile: Profile) -> Iterator[str]:
    form = profile.municipality.language
    if form not in WRITTEN_FORMS:  # other languages are for people to read, and no municipality writes its letters in them
        yield f"municipality.language is {form.value!r}, which is not a choice. Choose one of {', '.join(WRITTEN_FORMS)}."


def _ranges(profile: Profile) -> Iterator[str]:
    for where, (least, most) in RANGES.items():
        table, key = where.split(".")
        number = getattr(getattr(profile, table), key)
        if number is not None and not least <= number <= most:
            yield f"{where} is {number}, but must lie from {least} to {most}. Choose a number in that range."


def _orders(profile: Profile) -> Iterator[str]:
    deadlines, sending, contact = profile.deadlines, profile.sending, profile.contact
    for where, days in (
        ("application.unfinished_reminder_days", profile.application.unfinished_reminder_days),
        ("meetings.answer_nudge_days", profile.meetings.answer_nudge_days),
        ("evaluation.follow_up_days", profile.evaluation.follow_up_days),
    ):
        if any(day < 1 for day in days) or list(days) != sorted(set(days)):
            yield f"{where} is {list(days)}, but must be days from 1 up, each later than the one before. Write for instance [2, 7, 21]."
    if profile.application.unfinished_reminder_days and profile.application.keep_days <= profile.application.unfinished_reminder_days[-1]:
        yield "application.keep_days must be longer than the last of unfinished_reminder_days. Raise it, or shorten the list."
    if profile.application.kept_days < profile.application.keep_days:
        yield "application.kept_days is shorter than keep_days. Raise it: those who ask to keep are kept the longest."
    if deadlines.contact_nudge_day >= deadlines.contact_days:
        yield "deadlines.contact_nudge_day must come before contact_days. Choose an earlier day."
    if deadlines.leader_told_day <= deadlines.contact_days:
        yield "deadlines.leader_told_day must come after contact_days. Choose a later day."
    progress = profile.progress
    ladder = [progress.owner_day, progress.again_day, progress.leader_day, progress.unit_day]
    if ladder != sorted(set(ladder)):
        yield f"progress asks on the days {ladder}, but each step must come later than the one before. Write for instance 0, 7, 14 and 21."
    warned = list(profile.consent.warn_days)
    if not warned or min(warned) < 1 or warned != sorted(set(warned), reverse=True):
        yield f"consent.warn_days is {warned}, but must be days from 1 up, each shorter than the one before. Write for instance [30, 7]."
    months = list(profile.phases.transition_months)
    if not months or min(months) < 1 or months != sorted(set(months), reverse=True):
        yield f"phases.transition_months is {months}, but must be months from 1 up, each shorter than the one before. Write [12, 9, 6, 3]."
    if sending.earliest >= sending.latest:
        yield "sending.earliest must be before latest. Write for instance earliest = 08:00:00 and latest = 20:00:00."
    if contact.opens >= contact.closes:
        yield "contact.opens must be before closes. Write for instance opens = 08:00:00 and closes = 15:30:00."
    if profile.meetings.a_year_usual < profile.meetings.a_year_at_least:
        yield "meetings.a_year_usual is less than a_year_at_least. Raise it, or lower the least."
    if sending.privacy_level is PrivacyLevel.FULL:
        yield 'sending.privacy_level "full" is for made-up data only. Write "notice", and set SAMRAD_PRIVACY_LEVEL where it is tried out.'


def _formats(profile: Profile) -> Iterator[str]:
    if profile.contact.email and not EMAIL.fullmatch(profile.contact.email):
        yield f"contact.email is {profile.contact.email!r}, which is no e-mail address. Write for instance unit@example.kommune.no."
    links = profile.links
    for key in links.__slots__:
        url = getattr(links, key)
        if url is not None and not url.startswith("https://"):
            yield f"links.{key} is {url!r}, but must begin with https://. Write the whole address."
    for key in ("nav", "county", "guardianship", "guide"):
        if not getattr(profile.phases, key).startswith("https://"):
            yield f"phases.{key} is {getattr(profile.phases, key)!r}, but must begin with https://. Write the whole address."
    pages = [(f"guides[{place}]", each.url) for place, each in enumerate(profile.guides, start=1)]
    pages += [(f"guidelines[{place}]", each.url) for place, each in enumerate(profile.guidelines, start=1)]
    pages += [(f"sources[{place}]", each.url) for place, each in enumerate(profile.sources, start=1)]
    for where, url in pages:
        if not url.startswith("https://"):
            yield f"{where}.url is {url!r}, but must begin with https://. Write the whole address."
    for number, service in enumerate(profile.services, start=1):
        if service.url is not None and not service.url.startswith("https://"):
            yield f"services[{number}].url is {service.url!r}, but must begin with https://. Write the whole address."


def _phones(profile: Profile, mobiles: frozenset[str]) -> Iterator[str]:
    numbers = [("contact.phone", profile.contact.phone), ("contact.switchboard", profile.contact.switchboard)]
    numbers += [(f"services[{place}].phone", service.phone) for place, service in enumerate(profile.services, start=1)]
    for where, number in numbers:
        if number is None or SHORT_PHONE.fullmatch(number) or MADE_UP_PHONE.fullmatch(number):
            continue
        if not PHONE.fullmatch(number):
            yield f"{where} is {number!r}, which is no Norwegian number. Write it with +47 and eight digits, without spaces."
        elif MOBILE.fullmatch(number) and number not in mobiles:
            yield f"{where} is a mobile number. Delete it if it is one person's; if it is the unit's own, list it in institutional_mobiles."


def _ids(profile: Profile) -> Iterator[str]:
    lists: tuple[tuple[str, Iterable[str]], ...] = (
        ("services", (one.id for one in profile.services)),
        ("departments", (one.id for one in profile.departments)),
        ("recurring", (one.id for one in profile.recurring)),
        ("sources", (one.id for one in profile.sources)),
        ("checklists.after_appointment", (one.id for one in profile.checklists.after_appointment)),
        ("checklists.first_week", (one.id for one in profile.checklists.first_week)),
        ("checklists.archiving", (one.id for one in profile.checklists.archiving)),
    )
    for where, ids in lists:
        listed = tuple(ids)
        if not listed:
            yield f"{where} is empty. Add at least one entry."
        yield from id_mistakes(where, listed)


def _services(profile: Profile) -> Iterator[str]:
    departments = {department.id for department in profile.departments}
    for number, service in enumerate(profile.services, start=1):
        yield from (f"services[{number}]{what}" for what in _service(service, departments))


def _service(service: Service, departments: set[str]) -> Iterator[str]:
    if service.department is not None and service.department not in departments:
        yield f'.department is "{service.department}", which is not in departments. Add it there, or correct the id.'
    ages = [age for age in (service.from_age, service.to_age) if age is not None]
    if any(not 0 <= age <= 120 for age in ages) or ages != sorted(ages):
        yield " has impossible ages. Write from_age and to_age as whole years, the lower first."
    if service.verified is not None and service.phone is None:
        yield ".verified says a number was checked, but there is no phone. Add the number, or delete the date."


def _recurring(profile: Profile) -> Iterator[str]:
    for number, task in enumerate(profile.recurring, start=1):
        if not _dated(task):
            yield f"recurring[{number}] has no usable day. A weekly task needs weekday (0 is Monday); a yearly one needs month and day."


def _dated(task: RecurringTask) -> bool:
    if task.rhythm is Rhythm.WEEKLY:
        return task.weekday in range(7) and task.month is None and task.day is None
    return task.weekday is None and task.month in range(1, 13) and task.day in range(1, 29)


def _law(law: Law) -> Iterator[str]:
    for where, wanted, found in (
        ("sections", {right.value for right in Right}, [section.right.value for section in law.sections]),
        ("complaints", {kind.value for kind in DecisionType}, [complaint.decision.value for complaint in law.complaints]),
    ):
        for missing in sorted(wanted - set(found)):
            yield f'{where} has no entry for "{missing}". Add [[{where}]] for it.'
        for one, count in Counter(found).items():
            if count > 1:
                yield f'{where} has "{one}" {count} times. Keep one.'
    for complaint in law.complaints:
        if not 1 <= complaint.weeks <= 52:
            yield f'complaints for "{complaint.decision}" gives {complaint.weeks} weeks. Choose a number from 1 to 52.'
    if law.review_by <= law.checked:
        yield "review_by must come after checked. Choose a later date."
    for name, months in (("answer_months", law.answer_months), ("data_months", law.data_months)):
        if not 1 <= months <= 12:
            yield f"{name} is {months}, but must lie from 1 to 12. Choose a number in that range."
