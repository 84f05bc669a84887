"""People as the store knows them."""

import pytest

from bot.domain.access import Role
from bot.domain.ids import PersonId
from bot.domain.incoming import AccountId
from bot.engine.texts import Language
from bot.store import people, roster
from bot.store.database import Database, Tx

ACCOUNT = AccountId(9001)


async def test_a_person_is_read_anew_after_every_change(database: Database) -> None:
    """One transaction reads a person once; whatever changes in it must show at once."""

    def changes(tx: Tx) -> None:
        who = people.create(tx, language=Language.NB, name="Kari")
        assert people.person(tx, who).account is None
        people.add_account(tx, ACCOUNT, who)
        assert people.person(tx, who).account == ACCOUNT
        people.set_language(tx, who, Language.NN)
        assert people.person(tx, who).language is Language.NN
        people.describe(tx, who, name="Kari Vik", phone="+4700000100")
        assert (people.person(tx, who).name, people.person(tx, who).phone) == ("Kari Vik", "+4700000100")
        people.give_role(tx, who, Role.KE, None)
        assert people.person(tx, who).roles == {Role.KE}
        roster.end_role(tx, who, Role.KE)
        assert people.person(tx, who).roles == frozenset()
        people.stop_account(tx, ACCOUNT)
        assert people.person(tx, who).account is None

    await database.transact(changes)


async def test_a_change_undone_is_not_remembered(database: Database) -> None:
    def fail(tx: Tx, who: PersonId) -> None:
        people.set_language(tx, who, Language.NN)
        people.person(tx, who)
        raise LookupError

    def undone(tx: Tx) -> None:
        who = people.create(tx, language=Language.NB, name="Kari")
        with pytest.raises(LookupError), tx.savepoint():
            fail(tx, who)
        assert people.person(tx, who).language is Language.NB

    await database.transact(undone)
