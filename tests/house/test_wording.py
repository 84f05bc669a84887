"""How a text is written: each rule finds what is wrong, and leaves the same alone when it is said right."""

import pytest

from bot.engine.texts import Language
from tests.house import wording

NB, NN = Language.NB, Language.NN


@pytest.mark.parametrize(
    ("language", "wrong", "rule", "right"),
    [
        (NN, "Du kan ikke søkje no.", "form of Bokmål", "Du kan ikkje søkje no."),
        (NN, "Jeg skriv til deg.", "form of Bokmål", "Eg skriv til deg."),
        (NN, "Ring oss hvis du lurer.", "form of Bokmål", "Ring oss dersom du lurer."),
        (NN, "Vil du søke?", "form of Bokmål", "Vil du søkje?"),
        (NN, "Kva vil du gjøre?", "form of Bokmål", "Kva vil du gjere?"),
        (NN, "Du får ei tjeneste.", "form of Bokmål", "Du får ei teneste."),
        (NN, "Du har to møter.", "form of Bokmål", "Du har to møte. Du møter koordinatoren."),
        (NN, "Alle koordinatorene får svar.", "form of Bokmål", "Alle koordinatorane får svar på søknadene og tenestene."),
        (NN, "Hjemmetjenesten hjelper.", "form of Bokmål", "Heimetenesta hjelper."),
        (NN, "Opplysninger om deg.", "form of Bokmål", "Opplysningar om deg. Ingen ting."),
        (NN, "Det er mulig.", "form of Bokmål", "Det er mogleg og billig."),
        (NN, "Koordinerende eining", "form of Bokmål", "Koordinerande eining kan sende deg brev."),
        (NN, "Nå er du ferdig.", "form of Bokmål", "No er du ferdig. Vi kan nå deg her."),
        (NN, "Dette er naudsynt.", "our choice", "Dette er nødvendig."),
        (NN, "Hugs å vera ærleg.", "our choice", "Hugs å vere ærleg. Det er bra å ha, å ta og å delta."),
        (NN, "Møtet vert flytta.", "our choice", "Møtet blir flytta."),
        (NN, "Saka undersøkjest no.", "passive in -est", "Saka blir undersøkt no. Det er best for dei fleste. Send attest."),
        (NN, "Dette kan søkjast om.", "modal verb", "Dette kan du søkje om. Du må svare seinast fredag. Det kan finnast fleire."),
        (NB, "Du kan ikkje søke nå.", "form of Nynorsk", "Du kan ikke søke nå."),
        (NB, "Eg skriver til deg.", "form of Nynorsk", "Jeg skriver til deg."),
        (NB, "Vi gir deg ei teneste.", "form of Nynorsk", "Vi gir deg en tjeneste."),
        (NB, "Du får svar no.", "form of Nynorsk", "Du får svar nå. Se helsenorge.no."),
        (NB, "Vi samlar fristane.", "form of Nynorsk", "Vi har planer og baner, tar ansvar og svar fra en vikar i januar."),
        (NB, "Opplysningane om deg.", "form of Nynorsk", "Opplysningene om deg."),
        (NB, "Det er vanlegare.", "form of Nynorsk", "Det er vanligere. Spør legen eller fastlegen. Se vedlegg."),
        (NB, "Koordinerande enhet", "form of Nynorsk", "Koordinerende enhet. Den andre."),
        (NB, "Ring dersom du lurer.", "our choice", "Ring hvis du lurer."),
        (NB, "Har du endra svaret?", "our choice", "Har du endret svaret?"),
        (NB, "Vi ser fremover.", "our choice", "Vi ser framover. Det er fremdeles fremmed."),
        (NB, "Du er deltager.", "our choice", "Du er deltaker."),
        (NB, "Dette kan ikke endres.", "modal verb", "Dette kan du ikke endre. Det kan finnes flere. Er det deres?"),
        (NB, "Vennligst vent.", "office word", "Vent litt."),
        (NN, "Du kan foreta eit val.", "office word", "Du kan velje."),
        (NB, "Du har en IP.", "abbreviation", "Du har en individuell plan. Tips."),
        (NB, "Ring evt. oss.", "abbreviation", "Ring oss kl. 14.00 den 4. mars. Saken er min."),
        (NN, "Tlf. 55 12 34 56.", "abbreviation", "Telefon 55 12 34 56."),
        (NB, 'Trykk på "Ja".', "quotation marks", "Trykk på «Ja»."),
        (NN, "Trykk på \u201cJa\u201d.", "quotation marks", "Trykk på «Ja»."),
        (NB, "Phone oss.", "English", "Ring oss. Send svar."),
        (NB, "Ja " * 21 + ".", "21 words", "Ja " * 20 + "."),
    ],
)
def test_a_wording_and_how_it_is_said_right(language: Language, wrong: str, rule: str, right: str) -> None:
    assert [finding for finding in wording.wording(wrong, language) if rule in finding] != []
    assert list(wording.wording(right, language)) == []


def test_dates_times_and_placeholders_end_no_sentence() -> None:
    assert [len(part) for part in wording.sentences("Møtet er torsdag 4. mars kl. 14.00. Kjem du, {name}?\n– Ja")] == [7, 3, 1]


def test_lix_is_words_a_sentence_and_per_cent_of_long_words() -> None:
    text = "Vi har fått søknaden din. Vi ringer deg innan fem dagar."
    assert wording.lix(text) == pytest.approx(11 / 2 + 100 * 1 / 11)
    assert wording.lix("Hei, kommunekoordinator.") is None


HEAVY = "Koordinerande eining saksbehandlar koordinatorsøknaden, samtykkeskjemaet og tenestemottakaropplysningane gjennomgåande grundig no."
MIDDLING = "Koordinatoren skal snart kalle inn alle deltakarane i ansvarsgruppa til eit møte."
LIGHT = "Vi ringer deg snart. Då snakkar vi om kva du treng. Du kan ta med deg ein ven."


def test_a_heavy_message_and_heavy_messages_together_are_found() -> None:
    assert [finding for finding in wording.wording(HEAVY, NN) if "LIX" in finding] != []
    assert [finding.split(":")[1] for finding in wording.weight([MIDDLING] * 9 + [LIGHT], NN)] == [" LIX, median", " LIX, 90th percentile"]
    assert [finding.split(":")[1] for finding in wording.weight([LIGHT] * 8 + [MIDDLING] * 2, NN)] == [" LIX, 90th percentile"]
    assert list(wording.weight([LIGHT] * 10, NN)) == []
    assert list(wording.weight([], NN)) == []
