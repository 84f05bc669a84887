"""Life phases as stored: one set by hand, what has become of the cards, and what was said about now and later.

Here: statements about them. Not here: what follows from an age (`bot.domain.phases`), changes (`bot.store.transitions`). Guarantee: what
anybody said, and which schemes somebody was told of, is sealed with the case's key.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date

from bot.domain.ids import CaseId, PersonId
from bot.domain.phase_commands import CardLine, Outlook
from bot.domain.phases import Card, CardState, Phase
from bot.domain.reminders import day_of
from bot.store.database import Tx
from bot.store.seal import Field, KeyDestroyed, KeyOwner
from bot.store.times import stamp


def set_phase(tx: Tx, case: CaseId, phase: Phase | None, *, by: PersonId) -> None:
    """This phase from now on; None: the one that follows from the age."""
    tx.execute("DELETE FROM phases WHERE case_id = :case", case=case)
    if phase is not None:
        tx.execute(
            "INSERT INTO phases (case_id, phase, set_by, set_at) VALUES (:case, :phase, :by, :now)",
            case=case,
            phase=phase,
            by=by,
            now=stamp(tx.now),
        )
    tx.touch(case)


def by_hand(tx: Tx, case: CaseId) -> Phase | None:
    """The phase somebody has set."""
    row = tx.one("SELECT phase FROM phases WHERE case_id = :case", case=case)
    return None if row is None else Phase(row["phase"])


def settle(tx: Tx, case: CaseId, cards: Iterable[Card], state: CardState, again_on: date | None, *, by: PersonId) -> None:
    """What has become of these cards."""
    told = _settled(tx, case) | {
        str(card): {"state": state, "again_on": None if again_on is None else again_on.isoformat()} for card in cards
    }
    tx.execute(
        "INSERT INTO phase_cards (case_id, words, set_by, set_at) VALUES (:case, :words, :by, :now)"
        " ON CONFLICT (case_id) DO UPDATE SET words = :words, set_by = :by, set_at = :now",
        case=case,
        words=tx.seal(_cards(case), KeyOwner("case", case), json.dumps(told)),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)


def cards(tx: Tx, case: CaseId) -> Mapping[Card, CardLine]:
    """What has become of each card. A card this version does not know is left out; after the content is destroyed there are none."""
    known = {str(card) for card in Card}
    return {
        Card(card): CardLine(
            card=Card(card),
            state=CardState(str(told["state"])),
            again_on=None if told["again_on"] is None else date.fromisoformat(told["again_on"]),
        )
        for card, told in _settled(tx, case).items()
        if card in known
    }


def _settled(tx: Tx, case: CaseId) -> dict[str, dict[str, str | None]]:
    row = tx.one("SELECT words FROM phase_cards WHERE case_id = :case", case=case)
    if row is None:
        return {}
    try:
        found: dict[str, dict[str, str | None]] = json.loads(tx.open(_cards(case), KeyOwner("case", case), row["words"]))
    except KeyDestroyed:
        return {}
    return found


def _cards(case: int) -> Field:
    return Field("phase_cards", "words", case)


def _words(outlook: int) -> Field:
    return Field("outlooks", "words", outlook)


def add_outlook(tx: Tx, case: CaseId, said: Mapping[str, str | None], *, by: PersonId) -> None:
    """What was said today about now and later."""
    outlook = tx.next_id("outlooks")
    tx.execute(
        "INSERT INTO outlooks (id, case_id, words, said_on, noted_by) VALUES (:id, :case, :words, :on, :by)",
        id=outlook,
        case=case,
        words=tx.seal(_words(outlook), KeyOwner("case", case), json.dumps(dict(said), ensure_ascii=False)),
        on=day_of(tx.now).isoformat(),
        by=by,
    )
    tx.touch(case)


def outlook_on(tx: Tx, case: CaseId) -> date | None:
    """The day in Oslo on which it was last talked about."""
    row = tx.one("SELECT said_on FROM outlooks WHERE case_id = :case ORDER BY id DESC LIMIT 1", case=case)
    return None if row is None else date.fromisoformat(row["said_on"])


def outlook(tx: Tx, case: CaseId) -> Outlook | None:
    """What was last said."""
    row = tx.one("SELECT * FROM outlooks WHERE case_id = :case ORDER BY id DESC LIMIT 1", case=case)
    if row is None:
        return None
    told = json.loads(tx.open(_words(row["id"]), KeyOwner("case", case), row["words"]))
    return Outlook(
        on=date.fromisoformat(row["said_on"]),
        usual=told["usual"],
        special=told["special"],
        everyday=told["everyday"],
        wishes=told["wishes"],
    )
