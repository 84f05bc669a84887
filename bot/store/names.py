"""By which name somebody is known in a case.

Here: the name for those who may know it. Not here: who may know it. Guarantee: nobody stands in a list without a name; whoever would
rather not tell one is NN there.
"""

from bot.domain.access import Role
from bot.domain.cases import initials
from bot.domain.ids import CaseId, PersonId
from bot.store import cases, people
from bot.store.database import Tx

_SUBJECT = frozenset({Role.SELF, Role.YOUTH})


def known_as(tx: Tx, case: CaseId, who: PersonId) -> str:
    """Somebody's own name; else, for the one whom the case is about, as the case names them; else NN, the usual sign for no name."""
    name = people.person(tx, who).name
    if not name and any(person == who and role in _SUBJECT for person, role in cases.parties(tx, case)):
        name = cases.content(tx, case).subject_name
    return name or initials("")
