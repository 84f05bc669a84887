"""Which words call forth the answer with the emergency numbers, and which do not."""

import pytest

from bot.domain.danger import Danger, danger_answer, danger_in
from bot.engine.texts import Language
from bot.i18n import Catalogs

SUICIDE = """
Jeg vil ta livet mitt
eg vil ta livet av meg
Eg har tenkt på å ta mitt eige liv
hun har tatt livet av seg
Sonen min snakkar om sjølvmord
har selvmordstanker
selmord
sjolvmord
Sjølvmordsfare!
tenker på suicid
jeg vil dø
Eg vil døy
vil berre dø
JEG ØNSKER Å DØ
har lyst til å dø
skulle ønske jeg var død
Jeg orker ikke å leve lenger
eg vil ikkje leve meir
Æ vil ikke leve
livet er ikke verdt å leve
ho er lei av livet
livet mitt har ingen mening
datteren min driver med selvskading
han sjølvskadar
eg kuttar meg
jeg skader meg selv
ho skader seg sjølv
vil skade meg
jeg vil drepe meg selv
skal henge meg
eg vil hoppe frå brua
gjere slutt på livet
avslutte alt
s\u200be\u200blvmord
I want to die
i wanna die
I'm going to kill myself
she talks about suicide
I don\u2019t want to live anymore
I wish I was dead
my daughter self-harms
cutting myself
"""

VIOLENCE = """
Han slår meg
mannen min slo barna
far slår oss
han truer meg
ho trugar meg
Han har truet med å drepe meg
ho seier ho skal drepe oss
jeg er utsatt for vold
eg er utsett for grov vald
Det er vald i heimen
vold mot barn
han er voldelig
Han blir valdeleg
bruker vold
jeg ble voldtatt
eg blei valdteken
barnet blir mishandlet
Eg er redd for livet mitt
han kom med kniv mot meg
knivstukket
han kveler meg
he hits me
my husband beats me
he threatens us
I was raped
he is going to kill me
afraid for my life
domestic violence
"""

OVERDOSE = """
Han har tatt overdose
overdosar
eg har teke alle tablettane
jeg tok altfor mange piller
har svelget hele boksen med tabletter
barnet er forgiftet
ho er forgifta
I took too many pills
she overdosed
"""

EMERGENCY = """
Jeg får ikke puste
eg får ikkje til å puste
mamma puster ikke
han pustar ikkje
kan nesten ikke puste
Ho har fått hjarteinfarkt
tror han har hjerneslag
hjertestans
har sterke brystsmerter
vondt i brystet
han er bevisstløs
ho er medvitslaus
Han blør kraftig
skjev i ansiktet
vi trenger ambulanse nå
send sjukebil
han holder på å dø
I can't breathe
He is not breathing
heart attack
chest pain
he is unconscious
call an ambulance
"""

HARMLESS = """
Eg har meldt meg på selvmordsforebyggende kurs
sjølvmordsførebyggjande arbeid i kommunen
suicide prevention course
Er overdoseteamet med i ansvarsgruppa?
Eg har vald koordinator
vi har valt Kari
Det er voldsomt mye å gjøre
Ho treng rehabilitering etter hjerneslag
far har hatt hjerteinfarkt
Det slo meg at vi ikkje har fått svar
slår meg til ro med det
Jeg kan ikke leve av trygda
Vi vil ikkje bu åleine
Eg orkar ikkje meir skjema
Jeg skadet meg på jobb
må henge meg på møtet
han spiser med kniv og gaffel
Vi treng hjelp med å ta medisinar
Han tar mange medisiner hver dag
barnet trenger noen å leve sammen med
Det haster, jeg er sliten og lei
møtet tok livet av planen vår for dagen
kan eg få ein ny koordinator?
Ringte legen i går
We need a coordinator for our son
I do not know
"""

TABLE = [
    *((Danger.SUICIDE, line) for line in SUICIDE.strip().splitlines()),
    *((Danger.VIOLENCE, line) for line in VIOLENCE.strip().splitlines()),
    *((Danger.OVERDOSE, line) for line in OVERDOSE.strip().splitlines()),
    *((Danger.EMERGENCY, line) for line in EMERGENCY.strip().splitlines()),
    *((None, line) for line in HARMLESS.strip().splitlines()),
]


@pytest.mark.parametrize(("danger", "words"), TABLE)
def test_words_and_the_danger_they_mean(danger: Danger | None, words: str) -> None:
    assert danger_in(words) is danger


@pytest.mark.parametrize("danger", Danger)
def test_danger_is_heard_in_the_middle_of_a_longer_message(danger: Danger) -> None:
    words = next(line for kind, line in TABLE if kind is danger)
    assert danger_in(f"Hei! Vi har søkt om koordinator.\n\n{words}. Kva gjer eg no?") is danger


@pytest.mark.parametrize("language", Language)
def test_the_answer_gives_every_number_in_every_language(language: Language) -> None:
    answer = Catalogs.load().render(danger_answer(), language)
    assert [number for number in ("113", "112", "116 117", "116 123", "116 111") if number not in answer] == []
    assert answer.index("113") < answer.index("116 117")
