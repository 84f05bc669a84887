"""The circle around a person: who comes in, what each may see, and that nothing is told beyond a consent.

Here: rows F03, F05, F06, F10, F12, F18, E04, E05, T01, T05. Not here: consent itself, nor random sequences of all of it
(`tests/privacy/test_nobody_outside_a_consent`).
"""

from datetime import timedelta
from typing import TypeVar, cast

import pytest

from bot.domain.circle import MemberKind, MemberState
from bot.domain.circle_commands import AddMember, AnswerAsMember, EndMembership, InviteMember, SetMember
from bot.domain.circle_queries import CircleView, MyCircle, MyCircles, Part, TheCircle
from bot.domain.commands import Withdraw
from bot.domain.consent import InfoKind
from bot.domain.queries import MyCases, TheCase
from bot.domain.refusal import Refused
from bot.engine.ask import Query
from bot.engine.texts import t
from bot.services import circle, queries
from bot.store import audit, notices
from bot.store.database import Tx
from tests.requirements.circle_walks import ALL, SOLVEIG, TROND, Around
from tests.requirements.town import NORA, Town
from tests.requirements.walks import FIRST
from tests.world import Chat, World

T = TypeVar("T")
PLAN_AND_MEETINGS = (InfoKind.PLAN, InfoKind.MEETINGS)


@pytest.fixture
async def around(world: World) -> Around:
    return await Around.of(await Town.of(world), need="Hjelp i hverdagen", important="Å spille trommer")


async def look(around: Around, who: Chat, query: Query[T]) -> T:
    """What this person gets to see now."""
    person = await around.town.world.person(who)

    def work(tx: Tx) -> T:
        return cast(T, queries.look(around.context(tx, person), query))

    return await around.town.world.read(work)


async def the_circle(around: Around, who: Chat) -> CircleView:
    view = await look(around, who, TheCircle(FIRST))
    assert view is not None
    return view


async def mine(around: Around, who: Chat) -> MyCircle:
    (only,) = await look(around, who, MyCircles())
    return only


async def test_F03_members_are_named_people_put_on_the_list_one_by_one(around: Around) -> None:
    await around.add()
    await around.add(TROND, title="Lærer", service=None, service_words="Solvik skole", by=around.town.anne)
    view = await the_circle(around, around.town.nora)
    assert [(each.name, each.title) for each in view.members] == [(TROND, "Lærer"), (SOLVEIG, "Psykolog")]
    assert view.members[0].service_words == "Solvik skole"
    with pytest.raises(Refused):
        await around.add()


async def test_F05_F06_fixed_or_when_needed_by_the_service_unless_said_otherwise(around: Around) -> None:
    kinds = {
        "bup": MemberKind.WHEN_NEEDED,
        "nav": MemberKind.WHEN_NEEDED,
        "voksenhabilitering": MemberKind.WHEN_NEEDED,
        "barnehabilitering": MemberKind.WHEN_NEEDED,
        "dps": MemberKind.WHEN_NEEDED,
        "fastlege": MemberKind.FIXED,
    }
    for number, (service, kind) in enumerate(kinds.items()):
        member = await around.add(f"Person{number} Prøve", service=service)
        assert (await around.member(member)).kind is kind, service
    chosen = await around.add("Siste Prøve", service="nav", kind=MemberKind.FIXED)
    assert (await around.member(chosen)).kind is MemberKind.FIXED
    await around.town.does(around.town.nora, SetMember(member=chosen, sees=ALL, kind=MemberKind.WHEN_NEEDED))
    assert (await around.member(chosen)).kind is MemberKind.WHEN_NEEDED


async def test_F12_the_register_number_is_kept_sealed_and_a_national_identity_number_never(around: Around) -> None:
    member = await around.add(hpr="1234567")
    assert (await around.member(member)).reach.hpr == "1234567"
    (row,) = await around.town.rows("SELECT * FROM members")
    assert not any("1234567" in str(value) or "Solveig" in str(value) or "bup" in str(value) for value in row.values())
    for field in ("name", "title", "service_words", "email", "phone", "hpr"):
        written = {"name": TROND, "title": "Lærer", "email": "trond@skole.example"} | {field: "Trond 24 81 29 00079 @x.example"}
        with pytest.raises(Refused):
            await around.town.does(around.town.nora, AddMember(case=FIRST, sees=ALL, **written))  # type: ignore[arg-type]
    for wrong in ({"email": None}, {"email": "solveig"}, {"hpr": "12"}, {"hpr": "123456789012"}, {"service": "nowhere"}):
        with pytest.raises(Refused):
            await around.add(TROND, **wrong)
    assert len(await around.town.rows("SELECT 1 FROM members")) == 1


async def test_F12_one_professional_is_one_person_in_every_circle(around: Around) -> None:
    first = await around.add()
    await around.town.does(around.town.nora, EndMembership(member=first))
    second = await around.add()
    other = await around.add("Solfrid Prøve", email="solveig@sykehuset.example")
    person = (await around.member(first)).person
    assert (await around.member(second)).person == person
    assert (await around.member(other)).person != person


async def test_F18_the_person_and_the_coordinator_are_always_of_it_also_without_anybody_else(around: Around) -> None:
    for who in (around.kari, around.town.nora, around.town.anne):
        view = await the_circle(around, who)
        assert [each.part for each in view.always] == [Part.PERSON, Part.COORDINATOR]
        assert [each.name for each in view.always] == ["Kari Prøve", NORA]
        assert [each.you for each in view.always] == [who is around.kari, False], "the person reads of themselves as you"
        assert not view.members
    # Also when the person is told nothing by us any more: they stay, absent or not.
    await around.town.world.write(around.kari, "/varsel")
    assert (await the_circle(around, around.town.nora)).always[0].part is Part.PERSON


async def test_E04_nobody_is_asked_before_a_consent_covers_them(around: Around) -> None:
    member = await around.add()
    with pytest.raises(Refused, match="No consent covers"):
        await around.town.does(around.town.nora, InviteMember(member=member))
    assert (await around.member(member)).state is MemberState.ADDED
    await around.consent({member: ALL})
    assert await around.town.does(around.town.nora, InviteMember(member=member))
    assert (await around.member(member)).state is MemberState.INVITED


async def test_E04_a_newcomer_is_not_covered_by_what_was_said_about_others(around: Around) -> None:
    first = await around.add()
    await around.consent({first: ALL})
    second = await around.add(TROND, service="nav")
    assert await around.sees(first) == frozenset()
    await around.joined(first)
    assert await around.sees(first) == frozenset(ALL)
    with pytest.raises(Refused, match="No consent covers"):
        await around.town.does(around.town.nora, InviteMember(member=second))


async def test_E05_each_sees_what_was_set_for_them_and_the_consent_names_never_one_alone(around: Around) -> None:
    wide = await around.add(sees=ALL)
    narrow = await around.add(TROND, sees=PLAN_AND_MEETINGS, service="nav")
    await around.consent({wide: PLAN_AND_MEETINGS, narrow: ALL})
    await around.joined(wide)
    await around.joined(narrow)
    assert await around.sees(wide) == frozenset(PLAN_AND_MEETINGS)
    assert await around.sees(narrow) == frozenset(PLAN_AND_MEETINGS)
    await around.town.does(around.town.nora, SetMember(member=narrow, sees=(InfoKind.PLAN,), kind=MemberKind.FIXED))
    assert await around.sees(narrow) == {InfoKind.PLAN}
    assert await around.sees(wide) == frozenset(PLAN_AND_MEETINGS)
    view = await the_circle(around, around.kari)
    assert {each.name: each.now for each in view.members} == {SOLVEIG: frozenset(PLAN_AND_MEETINGS), TROND: {InfoKind.PLAN}}
    assert {each.until for each in view.members} == {around.today + timedelta(days=300)}


async def test_E05_only_those_it_is_shared_with_are_told_and_it_is_recorded_that_they_were(around: Around) -> None:
    needs, plan = await around.add(sees=(InfoKind.NEEDS,)), await around.add(TROND, sees=(InfoKind.PLAN,), service="nav")
    asked = await around.add("Ute Prøve", sees=ALL)
    await around.consent({needs: ALL, plan: ALL, asked: ALL})
    solveig, trond, ute = await around.joined(needs), await around.joined(plan), await around.invited(asked)

    def tell(tx: Tx) -> list[str]:
        told = circle.tell_members(around.context(tx), FIRST, t("{words}", words="Trommene er her"), InfoKind.NEEDS, dedupe_key="drums")
        return [each.name for each in told]

    assert await around.town.world.read(tell) == [SOLVEIG]
    await around.town.world.deliver()
    assert [await around.town.world.says(who, "Trommene er her") for who in (solveig, trond, ute)] == [True, False, False]
    entries = await around.town.world.read(lambda tx: [each for each in audit.of_case(tx, FIRST, 99) if each.action == "member.told"])
    assert [each.detail for each in entries if each.detail["info"]] == [{"info": "needs", "member": needs}]


async def test_E06_leaving_ends_all_access_at_once_and_what_was_on_its_way_is_held(around: Around) -> None:
    member = await around.add()
    await around.consent({member: ALL})
    chat = await around.joined(member)
    assert (await mine(around, chat)).need == "Hjelp i hverdagen"

    def tell_and_wait(tx: Tx) -> None:
        circle.tell_members(around.context(tx), FIRST, t("{words}", words="Trommene er her"), InfoKind.NEEDS, dedupe_key="drums")

    await around.town.world.read(tell_and_wait)
    await around.town.does(chat, EndMembership(member=member))
    await around.town.world.deliver()
    assert not await around.town.world.says(chat, "Trommene er her")
    assert await look(around, chat, MyCircles()) == ()
    assert await look(around, chat, TheCase(FIRST)) is None
    assert await look(around, chat, TheCircle(FIRST)) is None
    person = (await around.member(member)).person
    kept = await around.town.world.read(lambda tx: [each.words for each in notices.of(tx, person)])
    assert kept
    assert not any(kept)
    assert await around.town.world.says(around.town.nora, t("{name} has left.", name=SOLVEIG))
    with pytest.raises(Refused):
        await around.town.does(chat, AnswerAsMember(member=member, yes=True))


async def test_E06_a_case_that_ends_ends_the_circle_and_only_those_who_could_be_told_hear_of_it(around: Around) -> None:
    part, asked, uncovered = await around.add(), await around.add(TROND, service="nav"), await around.add("Ute Prøve", service="fastlege")
    await around.consent({part: ALL, asked: ALL})
    await around.joined(part)
    await around.invited(asked)
    await around.town.does(around.kari, Withdraw(case=FIRST, reason=None))
    told = {}
    for member in (part, asked, uncovered):
        found = await around.member(member)
        assert found.state is MemberState.ENDED
        words = await around.town.world.read(lambda tx, who=found.person: [each.words for each in notices.of(tx, who) if each.words])  # type: ignore[misc]
        told[member] = len(words)
    assert told == {part: 1, asked: 0, uncovered: 0}


async def test_E06_the_coordinator_takes_out_and_somebody_elses_membership_is_nobodys_to_end(around: Around) -> None:
    first, second = await around.add(), await around.add(TROND, service="nav")
    await around.consent({first: ALL, second: ALL})
    solveig = await around.joined(first)
    await around.joined(second)
    for who in (solveig, around.kari, around.town.lars, around.town.nils):
        with pytest.raises(Refused):
            await around.town.does(who, EndMembership(member=second))
        with pytest.raises(Refused):
            await around.town.does(who, SetMember(member=second, sees=ALL, kind=MemberKind.FIXED))
        with pytest.raises(Refused):
            await around.town.does(who, AddMember(case=FIRST, name="Ny Prøve", title="Lege", sees=ALL, phone="22222222"))
    await around.town.does(around.town.nora, EndMembership(member=second))
    assert (await around.member(second)).state is MemberState.ENDED
    with pytest.raises(Refused):
        await around.town.does(around.town.nora, EndMembership(member=second))


async def test_F12_a_no_ends_it_and_the_unit_may_note_an_answer_by_phone(around: Around) -> None:
    first, second = await around.add(), await around.add(TROND, service="nav")
    await around.consent({first: ALL, second: ALL})
    solveig = await around.invited(first)
    await around.invited(second)
    await around.town.does(solveig, AnswerAsMember(member=first, yes=False))
    assert (await around.member(first)).state is MemberState.DECLINED
    assert await around.sees(first) == frozenset()
    with pytest.raises(Refused):
        await around.town.does(around.town.nora, AnswerAsMember(member=second, yes=True))
    await around.town.does(around.town.anne, AnswerAsMember(member=second, yes=True))
    assert (await around.member(second)).state is MemberState.JOINED


async def test_F10_T05_each_member_has_their_own_list_and_only_those_who_take_part_see_who_does(around: Around) -> None:
    first, second = await around.add(), await around.add(TROND, title="Rådgiver", service="nav", sees=(InfoKind.MEETINGS,))
    third = await around.add("Ute Prøve", title="Lege", service="fastlege")
    await around.consent({first: ALL, second: ALL, third: ALL})
    solveig, trond, ute = await around.joined(first), await around.joined(second), await around.invited(third)
    assert [(each.name, each.title) for each in (await mine(around, solveig)).others] == [(TROND, "Rådgiver")]
    seen = await mine(around, trond)
    assert (seen.others, seen.subject_name, seen.need) == ((), None, None)
    assert seen.now == {InfoKind.MEETINGS}
    waiting = await mine(around, ute)
    assert (waiting.state, waiting.others, waiting.need, waiting.coordinator) == (MemberState.INVITED, (), None, None)
    for outside in (around.town.lars, around.town.nils, await around.town.world.staff("Rolf Prøve")):
        assert await look(around, outside, MyCircles()) == ()
        assert await look(around, outside, TheCircle(FIRST)) is None
    for inside in (solveig, trond, ute):
        assert await look(around, inside, TheCircle(FIRST)) is None
        assert await look(around, inside, TheCase(FIRST)) is None
        assert await look(around, inside, MyCases()) == ()


async def test_T05_every_look_at_a_list_is_recorded(around: Around) -> None:
    member = await around.add()
    await around.consent({member: ALL})
    chat = await around.joined(member)
    await mine(around, chat)
    await the_circle(around, around.kari)
    entries = await around.town.world.read(lambda tx: [(each.action, each.actor) for each in audit.of_case(tx, FIRST, 5)])
    assert entries[0] == ("circle.read", await around.town.world.person(around.kari))
    assert entries[1] == ("circle.read_as_member", await around.town.world.person(chat))


async def test_T01_a_list_for_staff_and_members_names_the_person_by_initials(around: Around) -> None:
    member = await around.add(sees=(InfoKind.MEETINGS,))
    await around.consent({member: ALL})
    chat = await around.joined(member)
    assert (await mine(around, chat)).initials == "KP"
    assert (await mine(around, chat)).subject_name is None
    assert (await the_circle(around, around.town.nora)).initials == "KP"
    await around.town.world.write(chat, "/krets")
    assert "Kari" not in chat.last.text
    assert "KP" in chat.last.text


async def test_E04_a_consent_that_ends_with_its_day_ends_the_access_with_it(around: Around) -> None:
    member = await around.add()
    await around.consent({member: ALL}, days=10)
    chat = await around.joined(member)
    person = await around.town.world.person(chat)

    def tell(tx: Tx) -> None:
        circle.tell_members(around.context(tx), FIRST, t("{words}", words="Trommene er her"), InfoKind.NEEDS, dedupe_key="drums")

    def readable(tx: Tx) -> list[str]:
        return [each.words for each in circle.readable(around.context(tx, person))]

    await around.town.world.read(tell)
    assert any("Trommene" in words for words in await around.town.world.read(readable))
    around.town.world.clock.turn(timedelta(days=10))
    assert await around.sees(member) == frozenset(ALL)
    around.town.world.clock.turn(timedelta(days=1))
    assert await around.sees(member) == frozenset()
    assert not any(await around.town.world.read(readable))
    assert await look(around, chat, MyCircles()) == ()


async def test_E04_what_the_night_has_ended_is_held_before_anything_leaves(around: Around) -> None:
    member = await around.add()
    await around.consent({member: ALL}, days=10)
    chat = await around.joined(member)

    def tell(tx: Tx) -> None:
        circle.tell_members(around.context(tx), FIRST, t("{words}", words="Trommene er her"), InfoKind.NEEDS, dedupe_key="drums")

    before_claiming = circle.WhenTheDayTurns(around.town.world.municipality)
    await around.town.world.read(tell)
    await around.town.world.read(before_claiming)
    waiting = "SELECT 1 FROM outbox WHERE state = 'ready' AND dedupe_key LIKE 'drums%'"
    assert await around.town.rows(waiting)
    around.town.world.clock.turn(timedelta(days=11))
    await around.town.world.read(before_claiming)
    assert not await around.town.rows(waiting)
    await around.town.world.deliver()
    assert not await around.town.world.says(chat, "Trommene er her")


async def test_F12_a_code_is_given_only_for_whoever_is_not_known_here(around: Around) -> None:
    first = await around.add()
    await around.consent({first: ALL})
    chat = await around.joined(first)
    await around.town.does(chat, EndMembership(member=first))
    again = await around.add()
    await around.consent({again: ALL})
    assert await around.town.does(around.town.nora, InviteMember(member=again)) == ""
    await around.town.world.deliver()
    await around.town.world.press(chat, "Read and answer", "Yes, I take part")
    assert (await around.member(again)).state is MemberState.JOINED
