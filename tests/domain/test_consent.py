"""What follows from a consent, as pure functions, and that the form's words belong to their version."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.consent import (
    TEXT_VERSION,
    Answer,
    Capacity,
    Consent,
    ConsentState,
    ConsentTrust,
    ConsentType,
    InfoKind,
    Purpose,
    Recipient,
    agreed,
    shared_with,
    within,
)
from bot.domain.consent_form import INFO, PURPOSES, Form, Line, form
from bot.domain.ids import CaseId, ConsentId, MemberId, PersonId
from bot.domain.words import Words
from bot.engine.texts import Language, Text, verbatim

DAY = date(2026, 3, 2)
MOMENT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DIGESTS = {1: "3d334abdcebf6969"}
"""Words of the form by version. Changed words with the same meaning: put the new digest here. A changed meaning: raise TEXT_VERSION: then
everybody is asked anew (Herøy, Framdrift)."""

RECIPIENTS = st.sampled_from(
    [Recipient(member=MemberId(1)), Recipient(member=MemberId(2)), Recipient(service="bup"), Recipient(member=MemberId(3), service="bup")]
)
SCOPES = st.dictionaries(RECIPIENTS, st.frozensets(st.sampled_from(InfoKind), min_size=1), max_size=4)


def _fixed(text: Text) -> list[str]:
    own = [] if text.verbatim else [text.msgid]
    return own + [each for value in text.args.values() if isinstance(value, Text) for each in _fixed(value)]


def digest() -> str:
    """Every fixed word of every form."""
    words: list[str] = [text.msgid for text in (*INFO.values(), *PURPOSES.values())]
    for type_ in ConsentType:
        for capacity in Capacity:
            filled = Form(
                type=type_,
                capacity=capacity,
                unit=Words(nb="x", nn="x"),
                purpose=verbatim("x"),
                lines=[Line(name=verbatim("x"), kinds=frozenset({InfoKind.PLAN}))],
                until=DAY,
            )
            words += [each for block in form(filled) for each in _fixed(block)]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def test_the_words_of_the_form_belong_to_their_version() -> None:
    assert DIGESTS[TEXT_VERSION] == digest()


def consent(scope: dict[Recipient, frozenset[InfoKind]], *, until: date = DAY, state: ConsentState = ConsentState.GIVEN) -> Consent:
    return Consent(
        id=ConsentId(1),
        case=CaseId(1),
        type=ConsentType.SHARING,
        state=state,
        purpose=Purpose.TOGETHER,
        offered=scope,
        scope=scope,
        given_by=PersonId(1),
        capacity=Capacity.SELF,
        trust=ConsentTrust.LOGIN,
        language=Language.NB,
        text_version=1,
        text_hash="",
        asked_at=MOMENT,
        newest_member=9,
        given_at=MOMENT,
        until=until,
        withdrawn_at=None,
    )


def answer(scope: dict[Recipient, frozenset[InfoKind]], *, yes: bool = True) -> Answer:
    return Answer(
        person=PersonId(1),
        capacity=Capacity.PARENT,
        trust=ConsentTrust.LOGIN,
        language=Language.NB,
        yes=yes,
        scope=scope,
        until=DAY,
        signed=True,
        at=MOMENT,
    )


@given(SCOPES)
def test_the_last_day_counts_and_the_day_after_does_not(scope: dict[Recipient, frozenset[InfoKind]]) -> None:
    held = consent(scope)
    for recipient, kinds in scope.items():
        assert kinds <= shared_with([held], recipient.member, recipient.service, DAY)
        assert shared_with([held], recipient.member, recipient.service, DAY + timedelta(days=1)) == frozenset()


@pytest.mark.parametrize("state", [each for each in ConsentState if each is not ConsentState.GIVEN])
def test_only_what_is_given_allows_anything(state: ConsentState) -> None:
    held = consent({Recipient(member=MemberId(1)): frozenset(InfoKind)}, state=state)
    assert shared_with([held], MemberId(1), None, DAY) == frozenset()


def test_a_service_covers_whoever_comes_from_it_and_a_named_person_covers_nobody_else() -> None:
    plan = frozenset({InfoKind.PLAN})
    held = [consent({Recipient(service="bup"): plan}), consent({Recipient(member=MemberId(3), service="nav"): plan})]
    assert shared_with(held, MemberId(7), "bup", DAY) == plan
    assert shared_with(held, MemberId(7), "nav", DAY) == frozenset()
    assert shared_with(held, MemberId(7), None, DAY) == frozenset()
    assert shared_with(held, MemberId(3), None, DAY) == plan


@given(st.lists(SCOPES, min_size=1, max_size=3))
def test_with_several_who_decide_only_what_all_of_them_allowed_is_allowed(scopes: list[dict[Recipient, frozenset[InfoKind]]]) -> None:
    both = agreed([answer(scope) for scope in scopes])
    for recipient, kinds in both.items():
        assert kinds
        assert all(kinds <= scope.get(recipient, frozenset()) for scope in scopes)
    for recipient in scopes[0]:
        for kind in InfoKind:
            everybody = all(kind in scope.get(recipient, frozenset()) for scope in scopes)
            assert everybody == (kind in both.get(recipient, frozenset()))
    assert agreed([*(answer(scope) for scope in scopes), answer({}, yes=False)]) == {}


def test_nobody_has_answered() -> None:
    assert agreed([]) == {}


@given(SCOPES, SCOPES)
def test_nothing_is_allowed_that_was_not_offered(
    scope: dict[Recipient, frozenset[InfoKind]], offered: dict[Recipient, frozenset[InfoKind]]
) -> None:
    for recipient, kinds in within(scope, offered).items():
        assert kinds <= offered[recipient] & scope[recipient]


def test_a_recipient_is_somebody() -> None:
    with pytest.raises(ValueError, match="a person, a service"):
        Recipient()
