"""What members of a circle may know, worked out a second time from what people did and from the clock alone.

Here: the rules as the requirement rows say them (E03 to E06, E13, E15), in a plain model. Not here: anything of the program; only its
words for kinds, so that a rule that is wrong there is not wrong here as well.
"""

from dataclasses import dataclass, field
from datetime import date

from bot.domain.consent import InfoKind

Whom = tuple[int | None, str | None]
"""A recipient: a member, a service, or a member on behalf of a service."""
Scope = dict[Whom, frozenset[InfoKind]]


@dataclass
class Someone:
    """A member as the test has made them."""

    service: str | None
    sees: frozenset[InfoKind]
    state: str = "added"


@dataclass
class Yes:
    """A consent that everybody who must has said yes to. `newest`: the last who had come when it was asked."""

    scope: Scope
    until: date
    signers: frozenset[int]
    newest: int
    version: int


@dataclass
class Pending:
    """A question, and what those who have answered it allowed."""

    newest: int
    version: int
    answers: dict[int, tuple[Scope, date]] = field(default_factory=dict)


@dataclass
class Oracle:
    """A child's case. `born` is no leap day. `renews`: everybody new is asked about anew, also where their service has a consent."""

    born: date
    parents: frozenset[int]
    child: int
    renews: bool
    version: int = 1
    over: bool = False
    members: dict[int, Someone] = field(default_factory=dict)
    given: list[Yes] = field(default_factory=list)
    questions: dict[int, Pending] = field(default_factory=dict)

    def decide(self, today: date) -> frozenset[int]:
        """Under 16 both parents; from the birthday the child alone."""
        return frozenset({self.child}) if today >= self.born.replace(year=self.born.year + 16) else self.parents

    def may_know(self, member: int, today: date) -> frozenset[InfoKind]:
        """What this member may know at this moment."""
        who = self.members[member]
        if who.state not in {"invited", "joined"}:
            return frozenset()
        found: set[InfoKind] = set()
        for yes in self.given:
            if today <= yes.until and self.decide(today) <= yes.signers:
                for (named, service), kinds in yes.scope.items():
                    late = member > yes.newest and (self.renews or yes.version < self.version)
                    if named == member or (named is None and service is not None and service == who.service and not late):
                        found |= kinds
        return who.sees & found

    def asked(self, question: int) -> None:
        """There is a question now, about those who have come so far, by the text of today."""
        if question not in self.questions:
            self.questions[question] = Pending(newest=max(self.members, default=0), version=self.version)

    def answered(self, question: int, who: int, scope: Scope, until: date) -> None:
        """One of those who decide has signed."""
        self.asked(question)
        self.questions[question].answers[who] = (scope, until)

    def complete(self, question: int, offered: set[Whom]) -> None:
        """Everybody has answered: what all allowed holds, and replaces what was said about the same ones before."""
        asked = self.questions[question]
        scopes = [scope for scope, _ in asked.answers.values()]
        common = {whom: frozenset.intersection(*(scope.get(whom, frozenset[InfoKind]()) for scope in scopes)) for whom in scopes[0]}
        for earlier in self.given:
            earlier.scope = {whom: kinds for whom, kinds in earlier.scope.items() if whom not in offered}
        until = min(until for _, until in asked.answers.values())
        signers = frozenset(asked.answers)
        scope = {whom: kinds for whom, kinds in common.items() if kinds}
        self.given.append(Yes(scope=scope, until=until, signers=signers, newest=asked.newest, version=asked.version))

    def stopped(self, only: Whom | None) -> None:
        """Somebody who may has stopped the sharing: all of it, or with one. Whoever is meant is not reached by the service either."""
        service = None if only is None else only[1] or (None if only[0] is None else self.members[only[0]].service)

        def meant(whom: Whom) -> bool:
            if only is None:
                return True
            if only[0] is not None and whom[0] is not None:
                return whom[0] == only[0]
            theirs = whom[1] or (None if whom[0] is None else self.members[whom[0]].service)
            return service is not None and theirs == service

        self._forget(meant)

    def ended(self) -> None:
        """The case has ended, and with it everything in it."""
        for member, who in self.members.items():
            if who.state in {"added", "invited", "joined"}:
                self.gone(member, "ended")
        self.over = True

    def gone(self, member: int, state: str) -> None:
        """Somebody has left, was taken out, or said no: no consent names them any more."""
        self.members[member].state = state
        self._forget(lambda whom: whom[0] == member)

    def _forget(self, meant: object) -> None:
        assert callable(meant)
        for yes in self.given:
            yes.scope = {whom: kinds for whom, kinds in yes.scope.items() if not meant(whom)}
        for question in self.questions.values():
            question.answers = {
                who: ({whom: kinds for whom, kinds in scope.items() if not meant(whom)}, until)
                for who, (scope, until) in question.answers.items()
            }
