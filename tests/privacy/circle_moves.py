"""What can happen in a case in random weeks: each as people do it, and as the oracle is told of it.

Here: the moves. Not here: what is looked at after each (`tests.privacy.circle_machine`). A move that is refused, or that nobody could
make now, is none.
"""

from datetime import UTC, datetime, time, timedelta
from typing import cast

from bot.domain.cases import AssignmentState, LadderStep
from bot.domain.circle import MemberKind
from bot.domain.circle_commands import AddMember, AnswerAsMember, EndMembership, InviteMember, SetMember
from bot.domain.consent import ConsentType, InfoKind, Purpose, Recipient
from bot.domain.consent_commands import AskConsent, PrepareAnswer, RecordConsent, Recorded, SignConsent, StopSharing
from bot.domain.ids import MemberId, PersonId
from bot.domain.reminders import OSLO
from bot.domain.startup_commands import Introduce
from bot.domain.substitute_commands import AnswerSubstitute, ProposeSubstitute
from bot.domain.substitutes import SubstituteScope
from bot.engine.texts import t
from bot.services import circle, consent_asking, consents
from bot.services.municipality import Context
from bot.store import assignments, members, people
from bot.store import consents as stored
from bot.store.database import Tx
from tests.privacy.circle_machine import KINDS, MOST_MEMBERS, NAMES, SERVICES, Machine, Move
from tests.privacy.circle_oracle import Scope, Someone, Whom
from tests.requirements.walks import FIRST
from tests.world import Chat


async def add(machine: Machine) -> None:
    """Somebody new; some of them come a second time."""
    if sum(each.state in {"added", "invited", "joined"} for each in machine.oracle.members.values()) >= MOST_MEMBERS:
        return
    name, service, sees = machine.random.choice(NAMES), machine.random.choice(SERVICES), machine.kinds()
    command = AddMember(
        case=FIRST,
        name=f"{name} Prøve",
        title="Fagperson",
        service=service,
        service_words=None if service else "Naboen",
        email=f"{name.lower()}@tjeneste.example",
        sees=tuple(sees),
    )
    number = cast(int, await machine.does(machine.town.nora, command))
    machine.oracle.members[number] = Someone(service=service, sees=sees)


async def invite(machine: Machine) -> None:
    """Refused where nothing covers them; else most get a chat, the others e-mail."""
    member = machine.someone("added", "invited")
    await machine.does(machine.town.nora, InviteMember(member=member))
    machine.oracle.members[member].state = "invited"
    chat = machine.world.newcomer()

    def link(tx: Tx) -> None:
        found = members.find(tx, member)
        assert found is not None
        if people.person(tx, found.person).account is None and machine.random.random() < 0.6:
            people.add_account(tx, chat.account, found.person)

    await machine.world.read(link)


async def answer(machine: Machine) -> None:
    """Mostly yes."""
    member, yes = machine.someone("invited"), machine.random.random() < 0.85
    found = await machine.world.read(lambda tx: members.find(tx, member))
    assert found is not None
    await machine.does(found.person, AnswerAsMember(member=member, yes=yes))
    if yes:
        machine.oracle.members[member].state = "joined"
    else:
        machine.oracle.gone(member, "declined")


async def narrow_or_widen(machine: Machine) -> None:
    """What was set for one."""
    member, sees = machine.someone("added", "invited", "joined"), machine.kinds()
    await machine.does(machine.town.nora, SetMember(member=member, sees=tuple(sees), kind=MemberKind.FIXED))
    machine.oracle.members[member].sees = sees


async def leave(machine: Machine) -> None:
    """By oneself."""
    member = machine.someone("invited", "joined")
    found = await machine.world.read(lambda tx: members.find(tx, member))
    assert found is not None
    await machine.does(found.person, EndMembership(member=member))
    machine.oracle.gone(member, "ended")


async def take_out(machine: Machine) -> None:
    """By the coordinator."""
    member = machine.someone("added", "invited", "joined")
    await machine.does(machine.town.nora, EndMembership(member=member))
    machine.oracle.gone(member, "ended")


def _offers(machine: Machine) -> tuple[tuple[Recipient, frozenset[InfoKind]], ...]:
    """Some members, each by themselves or for their service, and sometimes a service whoever comes from it."""
    circle_now = [number for number, who in machine.oracle.members.items() if who.state in {"added", "invited", "joined"}]
    chosen = [each for each in circle_now if machine.random.random() < 0.8]
    found = {
        Recipient(member=MemberId(each), service=machine.oracle.members[each].service if machine.random.random() < 0.5 else None)
        for each in chosen
    }
    if machine.random.random() < 0.4:
        found.add(Recipient(service=machine.random.choice(("bup", "nav", "fastlege"))))
    return tuple(
        (each, machine.kinds() | (machine.kinds() if machine.random.random() < 0.7 else frozenset())) for each in sorted(found, key=str)
    )


def _scope(offers: tuple[tuple[Recipient, frozenset[InfoKind]], ...]) -> Scope:
    return {(each.member, each.service): kinds for each, kinds in offers}


async def ask(machine: Machine) -> None:
    """A question to those who decide."""
    until = machine.today + timedelta(days=machine.random.randrange(2, 120))
    asked = {"type": ConsentType.SHARING, "purpose": Purpose.TOGETHER, "purpose_words": None, "until": until}
    await machine.does(machine.town.nora, AskConsent(case=FIRST, offers=_offers(machine), **asked))  # type: ignore[arg-type]


async def sign(machine: Machine) -> None:
    """One of those asked answers: no, yes, or yes to some of it."""
    waiting = await machine.world.read(lambda tx: stored.asked(tx, FIRST, ConsentType.SHARING))
    if waiting is None:
        return
    every = [*machine.oracle.parents, machine.oracle.child]
    who = PersonId(machine.random.choice(every if machine.random.random() < 0.2 else sorted(machine.oracle.decide(machine.today))))
    yes = machine.random.random() < 0.93
    given = [(each, kinds) for each, kinds in waiting.offered.items() if machine.random.random() < 0.9]
    offers = tuple((each, kinds if machine.random.random() < 0.7 else kinds & machine.kinds()) for each, kinds in given)
    until = min(waiting.until, machine.today + timedelta(days=machine.random.randrange(1, 150)))
    prepared = await machine.does(who, PrepareAnswer(consent=waiting.id, yes=yes, offers=offers, until=until))
    if prepared != "sign":
        return
    machine.oracle.answered(waiting.id, who, _scope(offers), until)
    done = await machine.does(who, SignConsent(consent=waiting.id))
    _settled(machine, waiting.id, waiting.recipients | frozenset(waiting.offered), str(done))


def _settled(machine: Machine, question: int, offered: frozenset[Recipient], done: str) -> None:
    if done == "given":
        machine.oracle.complete(question, {(each.member, each.service) for each in offered})


async def on_paper(machine: Machine) -> None:
    """The unit writes down what one or all of those who decide have signed."""
    deciding = sorted(machine.oracle.decide(machine.today))
    many = len(deciding) if machine.random.random() < 0.7 else machine.random.randrange(1, len(deciding) + 1)
    signers = tuple(PersonId(each) for each in machine.random.sample(deciding, many))
    offers, until = _offers(machine), machine.today + timedelta(days=machine.random.randrange(2, 120))
    said = {"how": Recorded.PAPER, "on": machine.today, "place": "Arkivet", "other": None, "purpose": Purpose.TOGETHER}
    command = RecordConsent(case=FIRST, signers=signers, offers=offers, until=until, purpose_words=None, **said)  # type: ignore[arg-type]
    done = str(await machine.does(machine.town.anne, command))
    question = await machine.world.read(lambda tx: max(each.id for each in stored.of_case(tx, FIRST)))
    for who in signers:
        machine.oracle.answered(question, who, _scope(offers), until)
    _settled(machine, question, frozenset(each for each, _ in offers), done)


async def stop(machine: Machine) -> None:
    """All of it, or with one: by one of those who decide, or by the coordinator for them."""
    deciding = sorted(machine.oracle.decide(machine.today))
    who: Chat | PersonId = PersonId(machine.random.choice(deciding)) if machine.random.random() < 0.8 else machine.town.nora
    only: Recipient | None = None
    if machine.random.random() < 0.8:
        known = await machine.world.read(lambda tx: list(stored.recipients(tx, FIRST).values()))
        if not known:
            return
        only = machine.random.choice(known)
    await machine.does(who, StopSharing(case=FIRST, recipient=only))
    machine.oracle.stopped(None if only is None else cast(Whom, (only.member, only.service)))


async def tell(machine: Machine) -> None:
    """Something of one kind is told to those who may know it; it waits in the outbox."""
    kind, number = machine.random.choice(KINDS), len(machine.moves)

    def work(tx: Tx) -> int:
        context = Context(tx=tx, municipality=machine.world.municipality, actor=circle.NOBODY)
        text = t("{words}", words=f"KANARI-{kind}-{number}")
        return len(circle.tell_members(context, FIRST, text, kind, dedupe_key=f"canary/{number}"))

    machine.told += await machine.world.read(work)


async def deliver(machine: Machine) -> None:
    """What waits leaves; it was looked at just before."""
    await machine.look()
    await machine.world.deliver()


async def days_pass(machine: Machine) -> None:
    """With everything that falls due, looked for at midnight and at ten."""
    for _ in range(machine.random.choice((1, 2, 7, 21))):
        await to_midnight(machine)
        await machine.world.tick()
        machine.world.clock.turn_to(datetime.combine(machine.today, time(10), OSLO).astimezone(UTC))
        await machine.world.tick()


async def days_pass_while_down(machine: Machine) -> None:
    """Nothing runs meanwhile, as after a power cut; the next that happens may be somebody who reads."""
    machine.world.clock.turn(timedelta(days=machine.random.choice((1, 3, 20)), hours=machine.random.randrange(24)))


async def to_midnight(machine: Machine) -> None:
    """The first minute of the next day, when things end by the clock."""
    midnight = datetime.combine(machine.today + timedelta(days=1), time(), OSLO)
    machine.world.clock.turn_to(midnight.astimezone(UTC))


async def new_text(machine: Machine) -> None:
    """The form's meaning has changed: whoever comes after an old yes is not covered by their service. It comes with a new start."""
    machine.oracle.version += 1
    machine.before_claiming = circle.WhenTheDayTurns(machine.world.municipality)
    for module in (consents, consent_asking):
        vars(module)["TEXT_VERSION"] = machine.oracle.version


async def substitute(machine: Machine) -> None:
    """Somebody stands in for the coordinator, which gives no member anything."""
    now = machine.world.clock.now()
    person = await machine.world.person(machine.town.nils)
    about = {"scope": SubstituteScope.PERIOD, "starts_at": now, "ends_at": now + timedelta(days=14), "note": None}
    made = await machine.does(machine.town.nora, ProposeSubstitute(case=FIRST, person=person, **about))  # type: ignore[arg-type]
    await machine.does(machine.town.nils, AnswerSubstitute(substitute=cast(int, made), yes=True))  # type: ignore[arg-type]


async def other_coordinator(machine: Machine) -> None:
    """Another coordinator takes over and hands back: nobody around gains or loses anything by it."""
    other = await machine.world.person(machine.town.kim)
    mine = await machine.world.person(machine.town.nora)

    def change(tx: Tx) -> None:
        for who in (other, mine):
            before = assignments.accepted(tx, FIRST)
            assert before is not None
            assignments.move(tx, before, AssignmentState.ENDED)
            given = {"department": None, "leader": None, "over_limit": False, "criteria": (), "reason": "", "by": mine}
            made = assignments.propose(tx, FIRST, step=LadderStep.WISH, state=AssignmentState.CANDIDATE_ASKED, candidate=who, **given)  # type: ignore[arg-type]
            asked = assignments.find(tx, made)
            assert asked is not None
            assignments.move(tx, asked, AssignmentState.ACCEPTED)

    await machine.world.read(change)


async def introduce(machine: Machine) -> None:
    """Partners are told who coordinates; refused where no consent covers any of them for that."""
    await machine.does(machine.town.nora, Introduce(case=FIRST))


MOVES: dict[Move, int] = {
    add: 5,
    invite: 10,
    answer: 14,
    narrow_or_widen: 4,
    leave: 1,
    take_out: 1,
    ask: 4,
    sign: 10,
    on_paper: 6,
    stop: 2,
    tell: 14,
    introduce: 2,
    deliver: 2,
    days_pass: 2,
    days_pass_while_down: 2,
    to_midnight: 3,
    new_text: 1,
    substitute: 1,
    other_coordinator: 1,
}
"""Every move with how often it comes."""
