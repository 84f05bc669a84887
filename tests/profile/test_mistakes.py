"""Each kind of mistake in a profile gives its own sentence: what, where, and what to do; and all of them come at once."""

import re
import string
import tomllib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.data import data_directory
from bot.domain import rules
from bot.domain.rules import Profile
from bot.profile import ProfileInvalid, load_law, load_profile

LUND = (data_directory("profiles") / "lund.toml").read_text(encoding="utf-8")
RANA = (data_directory("profiles") / "rana.toml").read_text(encoding="utf-8")
LAW = (data_directory("profiles") / "law" / "2026.toml").read_text(encoding="utf-8")
TODAY = date(2026, 11, 23)


@pytest.fixture
def mistakes(tmp_path: Path) -> Callable[[str], tuple[str, ...]]:
    def of(text: str) -> tuple[str, ...]:
        path = tmp_path / "ours.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ProfileInvalid) as raised:
            load_profile(str(path))
        return raised.value.mistakes

    return of


def changed(old: str, new: str, text: str = LUND) -> str:
    """The text with the first line that matches `old` replaced."""
    result, count = re.subn(old, lambda _: new, text, count=1, flags=re.MULTILINE)
    assert count == 1, f"{old} is not in the profile"
    return result


KINDS = {
    "unknown key, near miss": (r"^notice_days = .*$", "notice_day = 14", "meetings.notice_day is not known. Did you mean notice_days?"),
    "unknown key, nothing near": (r"^\[meetings\]$", "[meetings]\nzzz = 1", "meetings.zzz is not known. Known here: a_year_at_least"),
    "unknown table": (r"^\[links\]$", "[linkz]", "linkz is not known. Did you mean links?"),
    "missing key": (r"^contact_days = .*$", "", "deadlines.contact_days is missing. Add contact_days = 7."),
    "missing table": (r"^\[links\]$", "[linkz]", "[links] is missing. Add the table"),
    "missing nn": (r"^unit = .*$", 'unit = { nb = "Enhet" }', 'municipality.unit.nn is missing. Add nn = "…".'),
    "missing nb": (r"^unit = .*$", 'unit = { nn = "Eining" }', 'municipality.unit.nb is missing. Add nb = "…".'),
    "empty nn": (r"^unit = .*$", 'unit = { nb = "Enhet", nn = " " }', "municipality.unit.nn is empty. Fill it in"),
    "text for a number": (r"^contact_days = .*$", 'contact_days = "7"', "deadlines.contact_days is '7', but must be a whole number."),
    "true for a number": (r"^contact_days = .*$", "contact_days = true", "deadlines.contact_days is True, but must be a whole number."),
    "number for text": (r"^name = .*$", "name = 7", "municipality.name is 7, but must be text in quotes."),
    "text for a time": (r"^opens = .*$", 'opens = "8"', "contact.opens is '8', but must be a time of day without quotes."),
    "text for true": (r"^tool_is_journal = .*$", 'tool_is_journal = "yes"', "records.tool_is_journal is 'yes', but must be true or false."),
    "not a table": (r"^unit = .*$", 'unit = "Enhet"', "municipality.unit must be a table. Write [municipality.unit]"),
    "not a list": (r"^answer_nudge_days = .*$", "answer_nudge_days = 3", "meetings.answer_nudge_days must be a list."),
    "text in a list of numbers": (r"^answer_nudge_days = .*$", 'answer_nudge_days = [3, "x"]', "meetings.answer_nudge_days[2] is 'x'"),
    "unknown choice": (
        r"^disagreement = .*$",
        'disagreement = "minutes"',
        'Did you mean "minuted"? Choose one of minuted, settled_before.',
    ),
    "unknown language": (
        r"^language = .*$",
        'language = "en"',
        "municipality.language is 'en', which is not a choice. Choose one of nb, nn.",
    ),
    "too great": (r"^notice_days = .*$", "notice_days = 400", "meetings.notice_days is 400, but must lie from 1 to 60."),
    "too small": (r"^plans_at_most = .*$", "plans_at_most = 0", "appointment.plans_at_most is 0, but must lie from 1 to 50."),
    "days not rising": (r"^unfinished_reminder_days = .*$", "unfinished_reminder_days = [7, 2]", "each later than the one before."),
    "days from nought": (
        r"^answer_nudge_days = .*$",
        "answer_nudge_days = [0, 2]",
        "meetings.answer_nudge_days is [0, 2], but must be days from 1 up",
    ),
    "kept too short": (r"^keep_days = .*$", "keep_days = 14", "application.keep_days must be longer than the last"),
    "kept shorter than not kept": (r"^kept_days = .*$", "kept_days = 22", "application.kept_days is shorter than keep_days."),
    "nudge after limit": (
        r"^contact_nudge_day = .*$",
        "contact_nudge_day = 9",
        "deadlines.contact_nudge_day must come before contact_days.",
    ),
    "leader before limit": (r"^leader_told_day = .*$", "leader_told_day = 7", "deadlines.leader_told_day must come after contact_days."),
    "evening before morning": (r"^latest = .*$", "latest = 07:00:00", "sending.earliest must be before latest."),
    "closed before open": (r"^closes = .*$", "closes = 07:00:00", "contact.opens must be before closes."),
    "usual below least": (r"^a_year_usual = .*$", "a_year_usual = 1", "meetings.a_year_usual is less than a_year_at_least."),
    "level full": (r"^privacy_level = .*$", 'privacy_level = "full"', 'sending.privacy_level "full" is for made-up data only.'),
    "no e-mail": (r"^email = .*$", 'email = "k.enhet"', "contact.email is 'k.enhet', which is no e-mail address."),
    "no number": (r"^phone = .*$", 'phone = "12"', "contact.phone is '12', which is no Norwegian number."),
    "number with spaces": (r"^phone = .*$", 'phone = "70 08 13 00"', "Write it with +47 and eight digits, without spaces."),
    "a mobile": (r"^phone = .*$", 'phone = "+4799000000"', "contact.phone is a mobile number. Delete it if it is one person's"),
    "mobiles not a list": (
        r"^institutional_mobiles = .*$",
        "institutional_mobiles = 1",
        "institutional_mobiles must be a list of numbers.",
    ),
    "link without https": (r"^home = .*$", 'home = "http://x"', "links.home is 'http://x', but must begin with https://."),
    "service link": (r"^url = .*$", 'url = "nav.no"', "url is 'nav.no', but must begin with https://."),
    "id twice": (r'^id = "bpa"$', 'id = "bolig"', 'services has the id "bolig" 2 times.'),
    "id with capitals": (r'^id = "bpa"$', 'id = "BPA"', 'services has the id "BPA". Write ids in small letters'),
    "unknown department": (r'^id = "bpa"$', 'id = "bpa"\ndepartment = "x"', '.department is "x", which is not in departments.'),
    "ages turned round": (r'^id = "bpa"$', 'id = "bpa"\nfrom_age = 18\nto_age = 9', "services[6] has impossible ages."),
    "checked without number": (r'^id = "bpa"$', 'id = "bpa"\nverified = 2026-01-01', "services[6].verified says a number was checked"),
    "weekly without weekday": (r"^weekday = 0$", "", "recurring[2] has no usable day."),
    "yearly without day": (r"^day = 1$", "", "recurring[1] has no usable day."),
    "point of an unknown kind": (
        r'^kinds = \["startup"\]$',
        'kinds = ["start_up"]',
        "agenda.points[1].kinds[1] is 'start_up', which is not a choice. Did you mean \"startup\"?",
    ),
    "point of no kind": (r'^kinds = \["startup"\]$', "kinds = []", "agenda.points[1].kinds is empty. Name at least one of startup, group"),
    "point of a kind twice": (r'^kinds = \["startup"\]$', 'kinds = ["startup", "startup"]', "agenda.points[1].kinds names a kind twice."),
    "point of a kind that is no meeting here": (
        r'^kinds = \["startup"\]$',
        'kinds = ["startup", "settle"]',
        '.kinds names "settle", which is no',
    ),
    "point twice": (r'^id = "how_long"$', 'id = "situation"', 'agenda.points has the id "situation" 2 times.'),
    "point with a space": (r'^id = "how_long"$', 'id = "how long"', 'agenda.points has the id "how long". Write ids in small letters'),
    "point that comes with Samråd": (r'^id = "how_long"$', 'id = "goals"', 'agenda.points[3].id is "goals", which comes with Samråd.'),
    "point without nn": (r"^words = .*ressursar.*$", 'words = { nb = "Situasjonen" }', "agenda.points[1].words.nn is missing."),
    "point without words": (r"^words = .*ressursar.*$", 'words = { nb = "S", nn = " " }', "agenda.points[1].words.nn is empty."),
    "point too long": (
        r"^words = .*ressursar.*$",
        f'words = {{ nb = "{"a" * 61}", nn = "b" }}',
        "agenda.points[1].words has 61 characters in «aaa",
    ),
    "point on two lines": (
        r"^words = .*ressursar.*$",
        r'words = { nb = "a\nb", nn = "b" }',
        "agenda.points[1].words has more than one line.",
    ),
    "point after nothing": (r'^after = "own_words"$', 'after = "own_word"', '.after is "own_word", which is no point above it'),
    "point after one below": (
        r'^after = "own_words"$',
        'after = "how_long"',
        'agenda.points[1].after is "how_long", which is no point above',
    ),
    "point at no meetings": (r'^meetings = "first"$', 'meetings = "once"', "agenda.points[3].meetings is 'once', which is not a choice."),
    "agenda empty": (r"^startup = .*$", "startup = []", "agenda.usual.startup is empty. List at least one point"),
    "agenda of an unknown kind": (r"^startup = (.*)$", "startups = []", "agenda.usual.startups is not known. Did you mean startup?"),
    "agenda with an unknown point": (
        r"^startup = .*$",
        'startup = ["own_words", "goal"]',
        'has "goal", which is no point. Did you mean "goals"?',
    ),
    "agenda with a point twice": (
        r"^startup = .*$",
        'startup = ["own_words", "goals", "goals"]',
        'agenda.usual.startup has "goals" 2 times.',
    ),
    "agenda with a point of another kind": (
        r"^startup = .*$",
        'startup = ["own_words", "how_long"]',
        'has "how_long", which belongs at other meetings.',
    ),
    "agenda that leaves out a point": (
        r"^startup = .*$",
        'startup = ["own_words", "situation"]',
        'agenda.usual.startup leaves out "plan_or_minutes", which is put on at once.',
    ),
    "agenda that does not begin with the person": (r"^startup = .*$", 'startup = ["goals", "own_words"]', 'must begin with "own_words"'),
    "agenda of a meeting that is none here": (r"^startup = .*$", 'settle = ["goals"]', "agenda.usual.settle is never used"),
    "not TOML": (r"^\[links\]$", "[links", "ours.toml: this is not TOML:"),
}


@pytest.mark.parametrize(("old", "new", "sentence"), KINDS.values(), ids=KINDS)
def test_each_kind_of_mistake_gives_its_sentence(mistakes: Callable[[str], tuple[str, ...]], old: str, new: str, sentence: str) -> None:
    found = mistakes(changed(old, new))
    assert [one for one in found if sentence in one], found
    assert all(one.startswith("ours.toml: ") and one.rstrip().endswith(".") for one in found)


FORM = {
    "question twice": (r'^id = "reached"$', 'id = "comes_back"', 'evaluation.questions has the id "comes_back" 2 times.'),
    "question that comes with Samråd": (
        r'^id = "reached"$',
        'id = "goals"',
        'evaluation.questions[2].id is "goals", which comes with Samråd.',
    ),
    "question with a space": (r'^id = "reached"$', 'id = "is reached"', 'has the id "is reached". Write ids in small letters'),
    "question without nn": (r"^words = .*arbeidstida.*$", 'words = { nb = "Hva?" }', "evaluation.questions[2].words.nn is missing."),
    "question that is empty": (
        r"^words = .*arbeidstida.*$",
        'words = { nb = "", nn = "K?" }',
        "evaluation.questions[2].words.nb is empty.",
    ),
    "question too long": (
        r"^words = .*arbeidstida.*$",
        f'words = {{ nb = "{"a" * 121}", nn = "b" }}',
        "evaluation.questions[2].words has 121 characters in «aaa",
    ),
    "question on two lines": (
        r"^for_child = .*viktig.*$",
        r'for_child = { nb = "a\nb", nn = "b" }',
        "[1].for_child has more than one line.",
    ),
    "unknown kind of answer": (r'^kind = "words".*$', 'kind = "word"', 'Did you mean "words"? Choose one of scale, words.'),
    "about nothing known": (r'^about = "cooperation"$', 'about = "meetings"', "evaluation.questions[1].about is 'meetings', which is not"),
    "about the child": (
        r'^about = "cooperation"$',
        'about = "child"',
        '.about is "child". Write about = "plan" or "cooperation", and for_child',
    ),
    "questions without a place": (r"^own_form = .*$", "", 'evaluation.own_form is missing. Write own_form = "after" or "instead"'),
    "a place of no known name": (r"^own_form = .*$", 'own_form = "before"', "evaluation.own_form is 'before', which is not a choice."),
}


@pytest.mark.parametrize(("old", "new", "sentence"), FORM.values(), ids=FORM)
def test_each_mistake_in_an_evaluation_form_gives_its_sentence(
    mistakes: Callable[[str], tuple[str, ...]], old: str, new: str, sentence: str
) -> None:
    found = mistakes(changed(old, new, RANA))
    assert [one for one in found if sentence in one], found
    assert all(one.startswith("ours.toml: ") and one.rstrip().endswith(".") for one in found)


def test_a_form_without_questions_and_one_nobody_would_answer_are_mistakes(mistakes: Callable[[str], tuple[str, ...]]) -> None:
    found = mistakes(changed(r"^complaint_working_days = .*$", 'complaint_working_days = 10\nown_form = "after"'))
    assert any("evaluation.own_form is there, but no question." in one for one in found)
    more = "".join(
        f'[[evaluation.questions]]\nid = "more_{number}"\nabout = "cooperation"\nkind = "scale"\n'
        'words = { nb = "Hva?", nn = "Kva?" }\nfor_child = { nb = "Hva?", nn = "Kva?" }\n'
        for number in range(3)
    )
    found = mistakes(changed(r"^\[closing\]$", f"{more}[closing]", RANA))
    assert any('evaluation.questions has 9 about "cooperation", but at most 8 are answered.' in one for one in found)
    assert any("evaluation.questions has 5 for a child, but at most 3 are answered." in one for one in found)


def test_every_mistake_is_reported_at_once(mistakes: Callable[[str], tuple[str, ...]]) -> None:
    text = changed(r"^notice_days = .*$", 'notice_days = "x"', changed(r"^unit = .*$", 'unit = { nb = "E" }', changed(r"^home = .*$", "")))
    assert len(mistakes(text)) == 3


def test_an_empty_directory_of_services_is_a_mistake(mistakes: Callable[[str], tuple[str, ...]]) -> None:
    assert any("services is empty" in one for one in mistakes("services = []\n" + LUND.split("[[services]]", 1)[0]))


def test_a_name_that_is_nearly_right_is_suggested_with_the_settings_name() -> None:
    with pytest.raises(ProfileInvalid, match=r'Did you mean "lund"\? Set SAMRAD_PROFILE to one of as, demo, heroy'):
        load_profile("lundd")


def test_a_file_that_is_not_utf8_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_bytes(LUND.encode("latin-1", errors="replace"))
    with pytest.raises(ProfileInvalid, match=r"not in UTF-8\. Save it as UTF-8"):
        load_profile(str(path))


def test_a_copy_of_a_shipped_profile_loads_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(LUND, encoding="utf-8")
    ours, shipped = load_profile(str(path)), load_profile("lund")
    assert (ours.id, ours.deadlines, ours.services) == ("ours", shipped.deadlines, shipped.services)


KNOWN = {one.name for kind in vars(rules).values() if isinstance(kind, type) and is_dataclass(kind) for one in fields(kind)}


@given(
    table=st.sampled_from(["municipality", "contact", "criteria", "deadlines", "meetings", "records", "sending", "links", "words"]),
    key=st.text(string.ascii_lowercase + "_", min_size=1, max_size=30).filter(lambda key: key not in KNOWN),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_unknown_key_is_ever_let_through(mistakes: Callable[[str], tuple[str, ...]], table: str, key: str) -> None:
    found = mistakes(changed(rf"^\[{table}\].*$", f"[{table}]\n{key} = 1"))
    assert len(found) == 1
    assert f"{table}.{key} is not known. " in found[0]


@pytest.mark.parametrize("key", [one.name for one in fields(Profile) if one.name != "id"])
def test_no_part_of_a_profile_can_be_left_out(mistakes: Callable[[str], tuple[str, ...]], key: str) -> None:
    gone = re.sub(rf"^(\[+){key}(?=[.\]])", rf"\g<1>zzz_{key}", LUND, flags=re.MULTILINE)
    assert any(one.startswith((f"ours.toml: {key} is missing", f"ours.toml: [{key}] is missing")) for one in mistakes(gone))


@pytest.fixture
def laws(tmp_path: Path) -> Callable[..., Path]:
    def at(**texts: str) -> Path:
        for name, text in texts.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return at


def test_the_law_of_the_day_is_the_newest_that_had_begun(laws: Callable[..., Path]) -> None:
    new = changed(r"^weeks = 4$", "weeks = 6", changed(r"^valid_from = .*$", "valid_from = 2027-07-01", LAW))
    directory = laws(old=LAW, new=new)
    assert load_law(date(2027, 6, 30), directory).id == "old"
    assert load_law(date(2027, 7, 1), directory).id == "new"
    assert load_law(date(2027, 7, 1), directory).complaints[0].weeks == 6


def test_a_day_before_every_law_profile_is_refused() -> None:
    with pytest.raises(
        ProfileInvalid, match=r"no law profile is in force on 1999-01-01\. The earliest begins 2022-08-01\. Check the clock"
    ):
        load_law(date(1999, 1, 1))


def test_an_empty_law_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileInvalid, match="There is none at all"):
        load_law(TODAY, tmp_path)


LAW_KINDS = {
    "decision left out": (r'^decision = "other".*$', 'decision = "coordinator"', 'complaints has no entry for "other".'),
    "decision twice": (r'^decision = "other".*$', 'decision = "coordinator"', 'complaints has "coordinator" 2 times.'),
    "right left out": (r'^right = "individual_plan"$', 'right = "coordinator"', 'sections has no entry for "individual_plan".'),
    "no time at all": (r"^weeks = 4$", "weeks = 0", "gives 0 weeks. Choose a number from 1 to 52."),
    "review before check": (r"^review_by = .*$", "review_by = 2020-01-01", "review_by must come after checked."),
    "months out of range": (r"^answer_months = .*$", "answer_months = 0", "answer_months is 0, but must lie from 1 to 12."),
    "unknown key": (
        r"^answer_months = .*$",
        "answer_months = 1\nanswer_month = 1",
        "answer_month is not known. Did you mean answer_months?",
    ),
    "date in quotes": (r"^checked = .*$", 'checked = "2026-11-23"', "checked is '2026-11-23', but must be a date without quotes."),
}


@pytest.mark.parametrize(("old", "new", "sentence"), LAW_KINDS.values(), ids=LAW_KINDS)
def test_each_mistake_in_a_law_profile_gives_its_sentence(laws: Callable[..., Path], old: str, new: str, sentence: str) -> None:
    with pytest.raises(ProfileInvalid) as raised:
        load_law(TODAY, laws(ours=changed(old, new, LAW)))
    assert any(one.startswith("law/ours.toml: ") and sentence in one for one in raised.value.mistakes), raised.value.mistakes


def test_the_texts_the_tests_change_are_valid_to_begin_with() -> None:
    assert tomllib.loads(LUND)["municipality"]["name"] == "Lund"
    assert load_law(TODAY).id == "2026"
