"""What leaders, candidates and coordinators answer, and what comes of it.

Here: rows C03, C20, C21 and C22, with two who press at once, someone else's button and a button pressed twice. Not here: who is asked
(`test_appointing`), nor reminders (`test_clock`).
"""

import pytest

from bot.domain.cases import AssignmentState, CaseState, TaskKind
from bot.domain.commands import AnswerAsCandidate, AnswerAsLeader
from bot.domain.refusal import Refused
from bot.engine.texts import nt, t
from bot.services.presses import GONE
from bot.store import assignments
from tests.requirements.town import INVOLVED, NILS, NORA, WHY, Town
from tests.requirements.walks import NUMBER
from tests.world import World

FINE = "Yes, that is fine"


@pytest.fixture
async def town(world: World) -> Town:
    return await Town.of(world)


@pytest.fixture
async def asked(town: Town) -> Town:
    """Lars is asked whether Nora can."""
    await town.applied()
    await town.granted()
    await town.asks()
    return town


async def state(town: Town) -> list[AssignmentState]:
    return [each.state for each in await town.asked()]


async def test_C21_the_leader_confirms_in_one_press(asked: Town) -> None:
    fine = await asked.world.carried(asked.lars, FINE)
    await asked.world.press_data(asked.lars, fine)
    assert await state(asked) == [AssignmentState.CANDIDATE_ASKED]
    assert await asked.world.offers(asked.nora, "Read and answer")
    before = len(asked.nora.messages)
    await asked.world.press_data(asked.lars, fine)
    assert len(asked.nora.messages) == before, "pressed twice, done once"
    assert await state(asked) == [AssignmentState.CANDIDATE_ASKED]


async def test_C21_the_leader_reads_first_what_is_needed_to_answer_and_nothing_about_health(asked: Town) -> None:
    await asked.world.press(asked.lars, "Read and answer")
    now = t("{name} coordinates for nobody now. Coordination is done in ordinary working hours.", name=NORA)
    assert await asked.world.says(asked.lars, now, last=1)
    assert await asked.world.says(asked.lars, t("Why you are asked: {reason}", reason=WHY), last=1)
    assert "Kari" not in asked.lars.text(), "the person stands there by initials"
    await asked.world.press(asked.lars, "Yes")
    assert await state(asked) == [AssignmentState.CANDIDATE_ASKED]


async def test_C03_a_no_needs_a_reason_and_goes_back_to_the_unit(asked: Town) -> None:
    await asked.world.press(asked.lars, "Read and answer", "No")
    await asked.world.write(asked.lars, "   ")
    assert await state(asked) == [AssignmentState.LEADER_ASKED], "blank words are no reason"
    await asked.world.write(asked.lars, "x" * 4000)
    assert await state(asked) == [AssignmentState.LEADER_ASKED], "too long is said, and asked again"
    await asked.world.write(asked.lars, "Ho har ikkje tid før jul.")
    assert await state(asked) == [AssignmentState.LEADER_REFUSED]
    assert await asked.world.says(asked.anne, t("They wrote: {words}", words="Ho har ikkje tid før jul."), last=1)
    assert await asked.world.says(asked.berit, t("They wrote: {words}", words="Ho har ikkje tid før jul."), last=1)
    assert TaskKind.APPOINT in await asked.to_do()
    assert asked.nora.messages == [], "nobody has asked Nora yet"
    await asked.world.press(asked.anne, "Ask somebody else")
    assert await asked.world.says(asked.anne, t("Next by the rule: {step}. You choose.", step=t(INVOLVED)), last=1)


async def test_C03_the_leader_names_another_of_the_department(asked: Town) -> None:
    await asked.world.press(asked.lars, "Read and answer", "Suggest another")
    assert not any("Kim" in label for label in asked.lars.last.labels), "only their own department"
    await asked.world.press(asked.lars, NILS, "Nothing to add")
    (one,) = await asked.asked()
    assert (one.state, one.candidate) == (AssignmentState.CANDIDATE_ASKED, await asked.world.person(asked.nils))
    kim = await asked.world.person(asked.kim)
    with pytest.raises(Refused):
        await asked.does(asked.lars, AnswerAsLeader(assignment=one.id, yes=True, candidate=kim))


async def test_C03_the_unit_notes_what_the_leader_said_on_the_phone(asked: Town) -> None:
    await asked.looks_for()
    await asked.world.press(asked.anne, "Note an answer by phone", "Yes")
    assert await state(asked) == [AssignmentState.CANDIDATE_ASKED]
    # What Lars has in his chat is out of date, and says so.
    await asked.world.press(asked.lars, FINE)
    assert asked.lars.toasts[-1] in {
        await asked.world.words(asked.lars, "Somebody else was just before you. Nothing was changed."),
        await asked.world.words(asked.lars, "You cannot do this, or it has already been done. Nothing was changed."),
    }
    await asked.world.press(asked.lars, "Read and answer")
    assert await asked.world.says(asked.lars, "This question no longer waits for an answer.", last=1)


async def test_C03_someone_elses_button_does_nothing(asked: Town) -> None:
    data = asked.world.button(asked.lars, await asked.world.words(asked.lars, FINE))
    await asked.world.write(asked.kim, "/meny")
    await asked.world.press_data(asked.kim, data)
    assert await state(asked) == [AssignmentState.LEADER_ASKED]
    assert asked.kim.toasts == [await asked.world.words(asked.kim, GONE)]


async def test_C20_the_candidate_says_yes_and_everyone_is_told_in_their_own_language(asked: Town) -> None:
    (applicant,) = asked.applicants
    await asked.leader_agrees()
    await asked.accepts(asked.nora)
    assert await state(asked) == [AssignmentState.ACCEPTED]
    assert (await asked.case()).state is CaseState.ACTIVE
    told = t("{name} is the coordinator in case {number}.", name=NORA, number=NUMBER)
    assert await asked.world.says(applicant, told, last=1)
    said_yes = t("{name} has said yes and is the coordinator in case {number}.", name=NORA, number=NUMBER)
    for chat in (asked.lars, asked.anne, asked.berit):
        assert await asked.world.says(chat, said_yes, last=1)
    assert TaskKind.APPOINT not in await asked.to_do(), "only now does the unit let go"


async def test_C20_a_no_needs_a_reason_and_the_unit_goes_on(asked: Town) -> None:
    await asked.leader_agrees()
    await asked.world.press(asked.nora, "Read and answer", "No")
    await asked.world.write(asked.nora, "Eg orkar ikkje fleire no. Dra til helvete.")
    (one,) = await asked.asked()
    assert one.state is AssignmentState.DECLINED
    assert await asked.world.read(lambda tx: assignments.words(tx, one, "refusal")) == "Eg orkar ikkje fleire no. Dra til helvete."
    assert await asked.world.offers(asked.anne, "Ask somebody else")
    assert TaskKind.APPOINT in await asked.to_do()


async def test_C20_C21_the_candidate_asks_the_leader_first_who_agrees_in_one_press(asked: Town) -> None:
    await asked.leader_agrees()
    await asked.world.press(asked.nora, "Read and answer", "I must talk with my leader")
    wants = t("{name} would like to talk with you before answering about case {number}.", name=NORA, number=NUMBER)
    assert await asked.world.says(asked.lars, wants, last=1)
    fine = await asked.world.carried(asked.lars, FINE)
    await asked.world.press_data(asked.lars, fine)
    agrees = t("Your leader says that it is fine to be coordinator in case {number}.", number=NUMBER)
    assert await asked.world.says(asked.nora, agrees, last=1)
    before = len(asked.nora.messages)
    await asked.world.press_data(asked.lars, fine)
    assert len(asked.nora.messages) == before
    assert await state(asked) == [AssignmentState.CANDIDATE_ASKED], "the yes is still Nora's own"
    await asked.accepts(asked.nora)
    assert await state(asked) == [AssignmentState.ACCEPTED]


async def test_C20_back_and_cancel_and_another_language_half_way_lose_nothing(asked: Town) -> None:
    await asked.leader_agrees()
    await asked.world.press(asked.nora, "Read and answer", "No", "Back")
    assert await asked.world.offers(asked.nora, "Yes")
    await asked.world.press(asked.nora, "No", "Cancel")
    assert await state(asked) == [AssignmentState.CANDIDATE_ASKED], "stopped is not answered"
    await asked.world.press(asked.nora, "Language", "Nynorsk")
    await asked.world.write(asked.nora, "/ansatt")
    await asked.world.press(asked.nora, "Questions to me")
    question = await asked.world.words(asked.nora, t("{initials}, no. {number}", initials="KP", number=NUMBER))
    await asked.world.press(asked.nora, question, "Yes")
    assert await state(asked) == [AssignmentState.ACCEPTED]


async def test_C20_two_answer_at_once_and_one_counts(asked: Town) -> None:
    await asked.leader_agrees()
    (one,) = await asked.asked()
    await asked.world.press(asked.nora, "Read and answer")
    await asked.looks_for()
    await asked.world.press(asked.anne, "Note an answer by phone", "No")
    await asked.world.press(asked.nora, "Yes")
    await asked.world.write(asked.anne, "Hun sa nei.")
    assert await state(asked) == [AssignmentState.ACCEPTED]
    assert "Hun sa nei." not in asked.nora.text()
    with pytest.raises(Refused):
        await asked.does(asked.nora, AnswerAsCandidate(assignment=one.id, yes=False, reason="Nei."))


async def test_C20_nobody_else_can_answer_for_the_candidate(asked: Town) -> None:
    await asked.leader_agrees()
    (one,) = await asked.asked()
    for chat in (asked.nils, asked.kim, asked.lars):
        with pytest.raises(Refused):
            await asked.does(chat, AnswerAsCandidate(assignment=one.id, yes=True))
    assert await state(asked) == [AssignmentState.CANDIDATE_ASKED]


async def test_C22_no_time_goes_to_the_leader_and_the_unit_counts(town: Town) -> None:
    await town.appointed()
    await says_no_time(town, "Eg har fått ny stilling.")
    assert TaskKind.NO_TIME in await town.to_do()
    cannot = "{name} has no time to coordinate case {number}. Please talk together and find time or somebody else."
    for chat in (town.lars, town.anne, town.berit):
        assert await town.world.says(chat, t(cannot, name=NORA, number=NUMBER), last=1)
    one, many = "Coordinators have said this {n} time this year.", "Coordinators have said this {n} times this year."
    assert await town.world.says(town.anne, nt(one, many, 1), last=1)
    assert [each.state for each in await town.asked()] == [AssignmentState.ACCEPTED], "she stays until another has taken over"
    await town.world.press(town.lars, "We have found time")
    assert TaskKind.NO_TIME not in await town.to_do()
    found = t("Your leader says that you have found time for case {number}. Is that wrong? Tell us again.", number=NUMBER)
    assert await town.world.says(town.nora, found, last=1)
    await says_no_time(town, None)
    assert await town.world.says(town.anne, nt(one, many, 2), last=1)


async def says_no_time(town: Town, words: str | None) -> None:
    await town.world.write(town.nora, "/ansatt")
    await town.world.press(town.nora, "Those I coordinate for")
    mine = await town.world.words(town.nora, t("{initials}, no. {number}", initials="KP", number=NUMBER))
    await town.world.press(town.nora, mine, "I have no time for this")
    if words is None:
        await town.world.press(town.nora, "Nothing to add")
    else:
        await town.world.write(town.nora, words)
    await town.world.press(town.nora, "Yes")


async def test_C22_said_and_thought_better_of_tells_nobody(town: Town) -> None:
    await town.appointed()
    before = len(town.lars.messages)
    await town.world.write(town.nora, "/ansatt")
    await town.world.press(town.nora, "Those I coordinate for")
    mine = await town.world.words(town.nora, t("{initials}, no. {number}", initials="KP", number=NUMBER))
    await town.world.press(town.nora, mine, "I have no time for this", "Nothing to add", "No")
    assert len(town.lars.messages) == before
    assert TaskKind.NO_TIME not in await town.to_do()
