"""People: whoever talks with Samråd or is talked about.

Here: a person as the rest of the domain sees one. Not here: rights (`bot.domain.access`) and the chat a person uses.
"""

from dataclasses import dataclass

from bot.domain.access import Role
from bot.domain.ids import PersonId
from bot.domain.incoming import AccountId
from bot.engine.texts import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A person with standing roles. `account` is the chat that notices go to, None where there is none or it was stopped."""

    id: PersonId
    name: str | None
    phone: str | None
    language: Language
    roles: frozenset[Role]
    department: str | None
    account: AccountId | None
    link_confirmed: bool
