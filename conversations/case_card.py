"""What a case worker or a coordinator sees when a case is opened, in a few short parts.

Requirement rows: C01 (age and what is late), C11 (other cases about the same person), B04, B06, B07, B08 (wish, services, own words,
language), D09 (own words for the coordinator). Sources: Lund §§ 7, 11.1; Herøy, Framdrift; Rana, Oppstart. Never a diagnosis: there is
no such field.
"""

from collections.abc import Sequence

from bot.domain.cases import BEFORE_DECISION, OPEN_ASSIGNMENT, AssignmentState, CaseState, DecisionState
from bot.domain.phone_numbers import readable
from bot.domain.places import WHERE_FOR_STAFF
from bot.domain.queries import AssignmentView, CaseView, DecisionView, TalkView
from bot.domain.rules import Profile
from bot.engine.questions import LANGUAGE_NAMES
from bot.engine.texts import Language, Text, joined, t, verbatim
from conversations.communication import communication_text
from conversations.staff_words import ASSIGNMENTS, CASE_STATES, DECISIONS, REPORTED_FOR, SOURCES, TALK_STATES, TASKS, due_words, shortened
from conversations.words import AGE_GROUPS, REACH, TALKS, WANTED, YES_NO_UNSURE


def case_card(view: CaseView, profile: Profile, language: Language) -> tuple[Text, ...]:
    """The parts of the card: where it stands, what is asked for, the person's own words, what has been done, what is open."""
    parts = (_standing(view), _asked_for(view, profile, language), _own_words(view), _done(view), _open(view))
    return tuple(joined(*lines, by="\n") for lines in parts if lines)


def _standing(view: CaseView) -> list[Text]:
    lines = [
        t("{initials}, case {number}: {state}", initials=view.initials, number=str(view.number), state=CASE_STATES[view.state]),
        t("Came in: {source}, {moment}", source=SOURCES[view.source], moment=view.received_at),
    ]
    if view.halted:
        lines.insert(0, t("All messages about this case are stopped."))
    if view.state in BEFORE_DECISION:
        lines.append(t("Answer: {due}", due=due_words(view.answer_by, view.late)))
    if view.contact_by and view.state is CaseState.ACTIVE:
        lines.append(t("First contact: {due}", due=due_words(view.contact_by, view.contact_late)))
    if view.delay_until and view.state in BEFORE_DECISION:
        lines.append(t("They were told: the answer comes by {day}.", day=view.delay_until))
    if view.unseen:
        lines.append(t("Nobody has seen yet that the applicant acts for the person. Record it before you decide."))
    if view.possible_duplicates:
        lines.append(same_person(view.possible_duplicates))
    if view.coordinator_name:
        lines.append(t("Coordinator: {name}", name=view.coordinator_name))
    return lines


def same_person(numbers: Sequence[int]) -> Text:
    """That other living cases seem to be about the same person (C11: one coordinator and one plan)."""
    listed = [str(number) for number in numbers]
    return t("Look here too: {numbers}. It may be the same person. There is one coordinator and one plan.", numbers=listed)


def _asked_for(view: CaseView, profile: Profile, language: Language) -> list[Text]:
    given = view.state in (CaseState.APPOINTING, CaseState.ACTIVE)
    services = [service.name.text(language) for each in view.services if (service := profile.service(each))]
    lines = [
        t("Name: {name}", name=shortened(view.subject_name, 80) or t("not known")),
        t("Got in touch: {name}", name=shortened(view.applicant_name, 80) or t("not known")),
        t("It is about: {whom}", whom=REPORTED_FOR[view.for_whom]),
        t("Age: {group}", group=AGE_GROUPS[view.age_group]),
        t("Granted: {what}", what=WANTED[view.wanted]) if given else t("Asked for: {what}", what=WANTED[view.wanted]),
        t("Services: {services}", services=services or t("not known")),
        t("Help over a long time: {answer}", answer=YES_NO_UNSURE.get(view.long_lasting, t("I don't know"))),
        t("Language: {language}", language=LANGUAGE_NAMES[view.applicant_language]),
        t("Wants to be reached: {way}", way=REACH.get(view.reach, verbatim(view.reach))),
    ]
    if view.reach_details:
        details = readable(view.reach_details) if view.reach == "phone" else shortened(view.reach_details, 120)
        lines.append(t("How: {details}", details=details))
    needs = communication_text(view.communication)
    if needs:
        lines.append(t("Keep in mind: {needs}", needs=needs))
    if view.child_path:
        lines.append(t("This is about a child: a children's coordinator."))
    return lines


def _own_words(view: CaseView) -> list[Text]:
    lines = [t("Wish for a coordinator: {wish}", wish=shortened(view.wish)) if view.wish else t("Wish for a coordinator: none told")]
    if view.need:
        lines.append(t("What would help: {words}", words=shortened(view.need)))
    if view.important:
        lines.append(t("What is important: {words}", words=shortened(view.important)))
    return lines


def _done(view: CaseView) -> list[Text]:
    lines = [talk_line(talk) for talk in view.talks[-3:]]
    lines += [decision_line(each) for each in view.decisions[-2:]]
    lines += [assignment_line(each) for each in view.assignments[-4:]]
    lines += [t("In touch {moment}: {place}", moment=each.at, place=WHERE_FOR_STAFF[each.place]) for each in view.contacts[-2:]]
    return lines


def decision_line(decision: DecisionView) -> Text:
    """Who decided what; a refusal that waits for a second person, or that one has sent back, is no refusal."""
    if decision.state is DecisionState.PROPOSED:
        return t("{name} proposes to refuse. A second person must confirm it.", name=decision.by_name)
    if decision.state is DecisionState.RETURNED:
        return t("{name} proposed to refuse. It was sent back.", name=decision.by_name)
    return t("Decision by {name}: {kind}", name=decision.by_name, kind=DECISIONS[decision.kind])


def talk_line(talk: TalkView) -> Text:
    """One talk: which, when, and how far it has come."""
    if talk.at:
        return t("{talk} {moment}: {state}", talk=TALKS[talk.kind], moment=talk.at, state=TALK_STATES[talk.state])
    return t("{talk}: {state}", talk=TALKS[talk.kind], state=TALK_STATES[talk.state])


def assignment_line(asked: AssignmentView) -> Text:
    """Who was asked, and what came of it, with the reason of a no."""
    who: object = asked.candidate_name or asked.leader_name or t("a department")
    if asked.refusal and asked.state in (AssignmentState.LEADER_REFUSED, AssignmentState.DECLINED):
        return t("{who}: {state}. Reason: {reason}", who=who, state=ASSIGNMENTS[asked.state], reason=shortened(asked.refusal, 150))
    if asked.state in OPEN_ASSIGNMENT:
        return t("{who}: {state}, answer by {day}", who=who, state=ASSIGNMENTS[asked.state], day=asked.answer_by)
    return t("{who}: {state}", who=who, state=ASSIGNMENTS[asked.state])


def _open(view: CaseView) -> list[Text]:
    return [t("To do: {task}, {due}", task=TASKS[task.kind], due=due_words(task.due, task.late)) for task in view.open_tasks[:4]]
