"""What every use case works with.

Here: the municipality (its rules, texts, calendar, conversations) and the context of one deed. Not here: anything that changes while
Samråd runs; that is in the database.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.access import Action, may
from bot.domain.calendar import Calendar
from bot.domain.choices import PrivacyLevel
from bot.domain.fixed_words import FixedWords
from bot.domain.ids import CaseId, PersonId
from bot.domain.incoming import AccountId
from bot.domain.passing import Vocabulary, public_times, public_words
from bot.domain.phone_numbers import readable
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO, Rules
from bot.domain.rules import Law, Profile
from bot.engine.questions import LANGUAGE_NAMES, Sensitivity
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
    page_url: str | None = None
    """The secure page's address without a slash at the end; None where there is no page."""
    citizens_log_in: bool = False
    """Is there a login for inhabitants on that page?"""
    mail: PrivacyLevel | None = None
    """What may stand in an e-mail; None where none are sent."""
    _vocabularies: dict[date | str, Vocabulary] = field(default_factory=dict, init=False, repr=False, compare=False)

    def vocabulary(self, day: date) -> Vocabulary:
        """Everything that may be said through Telegram below `full`, by the law of that day."""
        if day not in self._vocabularies:
            if len(self._vocabularies) > MOST_DAYS:
                self._vocabularies.clear()
            law = self.law(day)
            known = self._vocabularies.get(law.id) or self._vocabulary(law)
            self._vocabularies[day] = self._vocabularies[law.id] = known
        return self._vocabularies[day]

    def _vocabulary(self, law: Law) -> Vocabulary:
        words = tuple(public_words(self.profile, law))
        numbers = [readable(word) for word in words if isinstance(word, str)]
        commands = [f"/{command}" for entry in self.registry for command in entry.commands] + ["/meny", "/avbryt", "/hjelp"]
        ours = [*(each.value for each in FixedWords), *(name.msgid for name in LANGUAGE_NAMES.values()), *TIMES_OFFERED]
        return Vocabulary(
            sentences=sorted(self.catalogs.sentences()),
            words=[*words, *numbers, *commands, *ours],
            times=public_times(self.profile, law),
        )

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
    """Who does something, in which transaction. `account` is the chat it is done in, None where it is not done in one.

    `most`: what may be shown here at most. `fresh_login`: the person has just logged in, or there is nothing to log in with.
    """

    tx: Tx
    municipality: Municipality
    actor: PersonId
    account: AccountId | None = None
    most: Sensitivity = Sensitivity.HEALTH
    fresh_login: bool = False

    @property
    def today(self) -> date:
        """The day in Oslo."""
        return self.tx.now.astimezone(OSLO).date()

    def may(self, action: Action, case: CaseId | None = None) -> bool:
        """May the actor do this now, in this case as it stands, or without one?"""
        standing = people.standing_roles(self.tx, self.actor)
        if case is None:
            return may(action, standing)
        found = cases.find(self.tx, case)
        return found is not None and may(action, cases.roles_in(self.tx, case, self.actor, standing), found.state)

    def require(self, action: Action, case: CaseId | None = None) -> None:
        """Raise `Refused` unless the actor may do this now."""
        if not self.may(action, case):
            raise Refused(NOT_YOURS)


MOST_DAYS = 400
"""So many days' vocabularies are remembered."""
TIMES_OFFERED = ("09.00", "10.00", "11.00", "12.00", "13.00", "14.00", "15.00", "16.00")
"""Times of the day as they stand on buttons."""
NOT_YOURS = t("You cannot do this, or it has already been done. Nothing was changed.")
EARLIER = t("Somebody else was just before you. Nothing was changed.")
