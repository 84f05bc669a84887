"""Invitations and minutes are ready-made: each kind of meeting in each municipality, in both written forms.

Here: row G16 (Herøy, «meldingar»). Not here: what stands in an invitation (`test_called_in`, `test_attending`) and in minutes
(`test_minutes`).
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import pytest

from bot.domain.agenda import PURPOSES, line_of, offered, usual, words_of
from bot.domain.agenda_rules import AgendaRules
from bot.domain.choices import Disagreement
from bot.domain.ids import PersonId
from bot.domain.meeting_kinds import KINDS
from bot.domain.meetings import MeetingKind
from bot.domain.minutes import Assigned, Outcome, Point
from bot.domain.minutes_commands import Then
from bot.engine.texts import Language, Text
from bot.i18n import Catalogs
from bot.profile import load_profile
from bot.services import invitation_document, minutes_documents
from tests.requirements.meeting_walks import Table
from tests.requirements.minutes_walks import Held
from tests.requirements.walks import FIRST
from tests.world import World

MUNICIPALITIES = ("as", "heroy", "lund", "rana", "ringerike", "demo")
WRITTEN = (Language.NB, Language.NN)


@pytest.fixture(scope="module")
def catalogs() -> Catalogs:
    return Catalogs.load()


def ours(found: object) -> Iterator[Text]:
    """Every text of the project's own in something: not what people wrote, and not what holds nothing but a value."""
    if isinstance(found, Text):
        if not found.verbatim and any(sign.isalpha() for sign in found.msgid.replace("{", "\0").split("\0")[0]):
            yield found
        for value in found.args.values():
            yield from ours(value)
    elif isinstance(found, list | tuple):
        for each in found:
            yield from ours(each)
    elif is_dataclass(found):
        for field in fields(found):
            yield from ours(getattr(found, field.name))


def untranslated(catalogs: Catalogs, found: object) -> list[str]:
    """What reads in either form as it stands in the code."""
    return [each.msgid for each in ours(found) for language in WRITTEN if each.msgid not in SAME and _same(catalogs, each, language)]


SAME = frozenset({"{names}"})


def _same(catalogs: Catalogs, text: Text, language: Language) -> bool:
    return catalogs.render(text, language) == catalogs.render(text, Language.EN)


def kinds(municipality: str) -> tuple[MeetingKind, ...]:
    settles = load_profile(municipality).meetings.disagreement is Disagreement.SETTLED_BEFORE
    return tuple(kind for kind in MeetingKind if kind is not MeetingKind.SETTLE or settles)


@pytest.mark.parametrize(("municipality", "kind"), [(name, kind) for name in MUNICIPALITIES for kind in kinds(name)])
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("has_plan", [True, False])
def test_G16_every_kind_in_every_municipality_has_its_agenda_ready(
    catalogs: Catalogs, municipality: str, kind: MeetingKind, first: bool, has_plan: bool
) -> None:
    profile = load_profile(municipality)
    every = offered(kind, profile.agenda, first=first, has_plan=has_plan)
    ready = usual(kind, profile.agenda, first=first, has_plan=has_plan)
    assert len(ready) > 1, "an agenda, not a line"
    assert set(ready) <= set(every)
    found = [line_of(code, profile.agenda, by=PersonId(1)) for code in every]
    lines = [words_of(each) for each in found if each is not None]
    assert len(lines) == len(every)
    where = profile.meetings.professional_talk
    assert untranslated(catalogs, [KINDS[kind], *PURPOSES.values(), *lines]) == []
    for language in WRITTEN:
        assert where.in_language(language)
        shown = [catalogs.render(each, language) for each in lines]
        assert len(set(shown)) == len(shown), "each point reads differently"


@pytest.mark.parametrize("kind", [MeetingKind.STARTUP, MeetingKind.GROUP, MeetingKind.PLAN])
async def test_G16_the_invitation_and_the_minutes_are_ready_made_in_both_forms(world: World, catalogs: Catalogs, kind: MeetingKind) -> None:
    table = await Table.of(world)
    held = await Held.of(table, kind=kind, codes=usual(kind, AgendaRules(), first=True), short_reason="Ferie")
    nora = await held.who(held.nora)
    codes = usual(kind, AgendaRules(), first=True)
    task = Assigned(owner=nora, words="Ringe", due_on=held.today)
    points = (
        Point(place=0, code=codes[0], title=None, outcome=Outcome.DECIDED, words="Ja", tasks=(task,), disagreement="To syn"),
        Point(place=1, code=codes[1], title=None, outcome=Outcome.PASSED_ON, words="Skyss", to_whom="Fylket"),
    )
    await held.writes(points=points, then=Then.SEND)
    minutes = await held.minutes()

    def papers(tx: object) -> tuple[object, object]:
        context = replace(table.around.context(tx), actor=nora)  # type: ignore[arg-type]
        return (
            invitation_document.document(context, held.meeting, leaves=False),
            minutes_documents.document(context, FIRST, minutes.id),
        )

    invitation, written = await world.read(papers)
    assert invitation is not None
    assert written is not None
    for paper in (invitation, written):
        texts = list(ours(paper))
        assert len(texts) > 8
        assert untranslated(catalogs, paper) == []
