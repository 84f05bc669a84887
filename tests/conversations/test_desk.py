"""The desk by hand-made cases: what is told, what is offered, and which command comes of it.

The generic walk (`test_every_branch`) shows that every branch holds; here stands what the branches are for.
"""

from datetime import date, timedelta

import pytest

from bot.domain.access import Role
from bot.domain.cases import CaseState, DecisionKind, DecisionState, ForWhom, Place, Source, TalkKind, Wanted
from bot.domain.commands import (
    AnswerInquiry,
    ConfirmRefusal,
    Decide,
    ProposeTalk,
    Submit,
    TellOfDelay,
)
from bot.domain.ids import CaseId, InquiryId
from bot.domain.queries import (
    CaseLine,
    Inbox,
    Me,
    TheCase,
)
from bot.domain.rules import DecisionType
from bot.domain.staff_queries import CaseByNumber, InquiryView, TheInquiry
from conversations.answer_inquiry import answer_inquiry
from conversations.case_offers import offers
from conversations.clarify import clarify
from conversations.complaint_words import decision_types
from conversations.confirm_refusal import confirm_refusal
from conversations.decide import decide
from conversations.delay import delay
from conversations.inbox import inbox
from conversations.register import register
from conversations.staff import staff
from tests.conversations.desk_facts import CASE, LAW, NOW, Facts, case_view, me, play, refusal


def line(number: int, *, late: bool, days: int) -> CaseLine:
    return CaseLine(
        case=CaseId(number),
        number=number,
        initials="OP",
        state=CaseState.RECEIVED,
        wanted=Wanted.COORDINATOR,
        received_at=NOW,
        due=NOW.date() + timedelta(days=days),
        late=late,
    )


def test_C01_the_inbox_shows_what_is_late_first_and_every_case_can_be_reached() -> None:
    lines = tuple(line(number, late=number == 20, days=number) for number in range(1, 21))
    facts: Facts = {Inbox: lines, TheCase: case_view(CaseState.RECEIVED)}

    played = play(inbox, facts, {"page/0": "+more", "page/1": "+more", "page/2": "19", "next/0": "done"}, {})

    assert [option.value for option in played.asked[0].options][:2] == ["20", "1"]
    assert len(played.asked[0].options) == 9
    assert "20 open cases, 1 late." in played.words


def test_C11_a_case_that_may_be_about_the_same_person_is_pointed_out() -> None:
    facts: Facts = {Inbox: (line(7, late=False, days=1),), TheCase: case_view(CaseState.RECEIVED, possible_duplicates=(1033,))}
    assert "Look here too: 1033." in play(inbox, facts, {"page/0": "7", "next/0": "done"}).words


@pytest.mark.parametrize(
    ("state", "roles", "offered", "hidden"),
    [
        (CaseState.RECEIVED, {Role.KE}, {"clarify", "decide", "delay", "phone"}, {"appoint", "first_contact", "no_time"}),
        (CaseState.APPOINTING, {Role.KE}, {"appoint", "ke_checklist", "phone"}, {"decide", "clarify", "delay"}),
        (CaseState.ACTIVE, {Role.KE}, {"first_contact", "checklist", "ke_checklist", "phone"}, {"decide", "appoint", "no_time"}),
        (CaseState.ACTIVE, {Role.COORDINATOR}, {"first_contact", "checklist", "no_time"}, {"ke_checklist", "phone", "decide"}),
        (CaseState.REFUSED, {Role.KE}, {"read"}, {"decide", "phone", "appoint"}),
    ],
)
def test_B18_the_desk_offers_what_fits_the_state_and_the_role(
    state: CaseState, roles: set[Role], offered: set[str], hidden: set[str]
) -> None:
    options = set(offers(case_view(state), me(*roles)))
    assert offered <= options
    assert not hidden & options


def test_B18_a_case_is_found_by_the_number_someone_says_on_the_phone() -> None:
    facts: Facts = {CaseByNumber: CASE, TheCase: case_view(CaseState.CLOSED)}
    assert "OP, case 1042: Closed" in play(staff, facts, {"desk/next/0": "find", "number": "no. 1042", "next/0": "done"}).words


def test_someone_who_does_not_work_here_gets_a_kind_sentence() -> None:
    played = play(staff, {Me: me()}, {})
    assert "This part is for those who work in" in played.words
    assert not played.asked


def test_B17_what_came_on_paper_is_entered_with_the_same_facts_and_a_letter_is_due() -> None:
    played = play(
        register,
        {},
        {
            "source": "paper",
            "for_whom": "my_child",
            "applicant": "Anne Prøve",
            "reach": "letter",
            "address": "Testvegen 1",
            "subject": None,
            "age_group": "under_16",
            "wanted": "unsure",
            "services": None,
            "long_lasting": "unsure",
            "need": None,
            "important": None,
            "wish": "Lærer",
            "communication": None,
            "written_language": "nn",
            "right": True,
        },
    )
    (sent,) = played.commands
    assert isinstance(sent, Submit)
    assert (sent.source, sent.for_whom, sent.applicant_name, sent.subject_name) == (Source.PAPER, ForWhom.MY_CHILD, "Anne Prøve", None)
    assert (sent.reach, sent.reach_details, sent.language, sent.wish) == ("letter", "Testvegen 1", "nn", "Lærer")
    assert "The case has number 11." in played.words
    assert "Send the receipt by letter" in played.words


def test_A02_a_report_about_someone_who_has_not_been_told_is_not_registered() -> None:
    played = play(register, {}, {"source": "phone", "for_whom": "at_work", "told": False})
    assert not played.commands


def test_B12_up_to_three_times_are_offered_in_order_and_none_twice() -> None:
    played = play(
        clarify,
        {TheCase: case_view(CaseState.RECEIVED)},
        {
            "what": "offer",
            "place": "home",
            "offer/0/day/0": "2027-03-09",
            "offer/0/time/0": "14:00",
            "more/0": True,
            "offer/1/day/0": "2027-03-08",
            "offer/1/time/0": "09:00",
            "more/1": True,
            "offer/2/day/0": "2027-03-09",
            "offer/2/time/0": "14:00",
        },
    )
    (offer,) = played.commands
    assert isinstance(offer, ProposeTalk)
    assert (offer.kind, offer.place) == (TalkKind.CLARIFYING, Place.HOME)
    assert [f"{each:%d.%m. %H:%M}" for each in offer.times] == ["08.03. 09:00", "09.03. 14:00"]
    assert all(each.utcoffset() is not None for each in offer.times)


def test_B12_a_time_agreed_by_phone_is_booked_at_once_and_never_lies_behind() -> None:
    played = play(
        clarify,
        {TheCase: case_view(CaseState.RECEIVED)},
        {
            "what": "agreed",
            "place": "phone",
            "day/0": "2027-03-04",
            "time/0": "08:00",
            "day/1": "2027-03-05",
            "time/1": "08:00",
        },
    )
    assert "That time has passed." in played.words
    (booked,) = played.commands
    assert isinstance(booked, ProposeTalk)
    assert booked.agreed


def test_B11_a_delay_is_told_with_its_day_and_reason() -> None:
    played = play(delay, {TheCase: case_view(CaseState.RECEIVED)}, {"until": "2027-04-15", "reason": "Vi venter på et svar", "send": True})
    assert played.commands == [TellOfDelay(case=CASE, until=date(2027, 4, 15), reason="Vi venter på et svar")]


def test_C13_a_refusal_needs_a_reason_and_names_the_right_to_complain_from_the_law_profile() -> None:
    answers = {"kind": "refuse", "reason/refuse": "Bare én tjeneste", "record": True}
    played = play(decide, {TheCase: case_view(CaseState.CLARIFYING)}, answers)

    assert played.commands == [Decide(case=CASE, kind=DecisionKind.REFUSE, granted=None, reason="Bare én tjeneste")]
    reason = next(question for question in played.asked if question.key == "reason/refuse")
    assert reason.skip is None
    assert f"within {LAW.complaint(DecisionType.COORDINATOR).weeks} weeks" in played.words
    assert "A second person must confirm the refusal." in played.words


def test_S10_the_bot_says_that_it_suggests_nothing_and_a_yes_needs_no_reason() -> None:
    answers = {"kind": "grant", "granted": "both", "reason/grant": None, "record": True}
    played = play(decide, {TheCase: case_view(CaseState.CLARIFYING)}, answers)
    assert played.commands == [Decide(case=CASE, kind=DecisionKind.GRANT, granted=Wanted.BOTH, reason="")]
    assert "You decide. Samråd suggests nothing." in played.words


@pytest.mark.parametrize(
    ("wanted", "child", "types"),
    [
        (Wanted.COORDINATOR, False, (DecisionType.COORDINATOR,)),
        (Wanted.BOTH, True, (DecisionType.CHILDREN_COORDINATOR, DecisionType.INDIVIDUAL_PLAN)),
        (Wanted.PLAN, True, (DecisionType.INDIVIDUAL_PLAN,)),
        (Wanted.UNSURE, False, (DecisionType.OTHER,)),
    ],
)
def test_C13_the_rule_for_complaints_follows_what_was_asked_for(wanted: Wanted, child: bool, types: tuple[DecisionType, ...]) -> None:
    assert decision_types(case_view(CaseState.RECEIVED, wanted=wanted, child_path=child)) == types


def test_C13_a_proposed_refusal_cannot_be_decided_again_nor_confirmed_by_its_own_author() -> None:
    facts: Facts = {TheCase: case_view(CaseState.CLARIFYING, decisions=(refusal(by=1),)), Me: me(Role.KE, person=1)}
    given = {"case": str(CASE), "decision": "5"}
    assert not play(decide, facts, {}, given).commands
    played = play(confirm_refusal, facts, {}, given)
    assert "Another person must look at it." in played.words
    assert not played.commands


@pytest.mark.parametrize(("answer", "confirmed"), [("confirm", True), ("return", False)])
def test_C13_a_second_person_confirms_a_refusal_or_sends_it_back_with_words(answer: str, confirmed: bool) -> None:
    facts: Facts = {TheCase: case_view(CaseState.CLARIFYING, decisions=(refusal(by=9),))}
    played = play(confirm_refusal, facts, {"answer": answer, "words": "Ring familien"}, {"case": str(CASE), "decision": "5"})
    words = None if confirmed else "Ring familien"
    assert played.commands == [ConfirmRefusal(decision=5, confirmed=confirmed, words=words)]  # type: ignore[arg-type]


def test_C13_a_refusal_already_dealt_with_is_left_alone() -> None:
    facts: Facts = {TheCase: case_view(CaseState.CLARIFYING, decisions=(refusal(state=DecisionState.RETURNED),))}
    assert "no longer waits" in play(confirm_refusal, facts, {}, {"case": str(CASE), "decision": "5"}).words


@pytest.mark.parametrize("by_chat", [True, False])
def test_B13_a_message_is_answered_in_the_chat_only_where_it_came_from_there(by_chat: bool) -> None:
    view = InquiryView(
        inquiry=InquiryId(4), case_number=None, from_name=None, phone="22222222", words="", received_at=NOW, by_chat=by_chat, answered=False
    )
    played = play(answer_inquiry, {TheInquiry: view}, {"how": "phoned"}, {"inquiry": "4"})
    assert ("write" in [option.value for option in played.asked[0].options]) is by_chat
    assert played.commands == [AnswerInquiry(inquiry=InquiryId(4), words=None)]


@pytest.mark.parametrize("state", CaseState)
def test_P12_messages_can_be_stopped_in_whatever_state_a_case_is(state: CaseState) -> None:
    """Somebody can die while an application waits, and after a case has ended."""
    assert "halt" in offers(case_view(state), me(Role.KE))
    assert ("halt" in offers(case_view(state), me(Role.COORDINATOR))) is (state is CaseState.ACTIVE)
