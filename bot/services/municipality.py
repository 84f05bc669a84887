"""What every use case works with.

Here: the municipality (its rules, texts, calendar, conversations) and the context of one deed. Not here: anything that changes while
Samråd runs; that is in the database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.access import Action, may
from bot.domain.calendar import Calendar
from bot.domain.choices import PrivacyLevel
from bot.domain.ids import CaseId, PersonId
from bot.domain.incoming import AccountId
from bot.domain.phone_numbers import readable
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO, Rules
from bot.domain.rules import Law, Profile
from bot.engine.registry import Registry
from bot.engine.texts import Language, Text, t
from bot.i18n import Catalogs
from bot.store import cases, people
from bot.store.database import Tx


@dataclass(frozen=True, kw_only=True, slots=True)
class Municipality:
    """One municipality as it runs: profile, law, texts, calendar, conversations and privacy level."""

    profile: Profile
    law: Callable[[date], Law]
    catalogs: Catalogs
    calendar: Calendar
    registry: Registry
    level: PrivacyLevel

    @property
    def rules(self) -> Rules:
        return Rules(profile=self.profile, calendar=self.calendar)

    @property
    def phone(self) -> str | None:
        """The number to phone KE on, as people read it."""
        phone = self.profile.contact.best_phone()
        return None if phone is None else readable(phone)

    def words(self, text: Text, language: Language, now: datetime) -> str:
        """A text in its reader's language."""
        return self.catalogs.render(text, language, now=now)


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """Who does something, in which transaction. `account` is the chat it is done in, None where it is not done in one."""

    tx: Tx
    municipality: Municipality
    actor: PersonId
    account: AccountId | None = None

    @property
    def today(self) -> date:
        """The day in Oslo."""
        return self.tx.now.astimezone(OSLO).date()

    def require(self, action: Action, case: CaseId | None = None) -> None:
        """Raise `Refused` unless the actor may do this now."""
        standing = people.standing_roles(self.tx, self.actor)
        if case is None:
            if not may(action, standing):
                raise Refused(NOT_YOURS)
            return
        found = cases.find(self.tx, case)
        if found is None or not may(action, cases.roles_in(self.tx, case, self.actor, standing), found.state):
            raise Refused(NOT_YOURS)


NOT_YOURS = t("You cannot do this, or it has already been done. Nothing was changed.")
EARLIER = t("Somebody else was just before you. Nothing was changed.")
