"""Word forms that are not ours: of the other standard, outside our choice within the standard, of the office, and abbreviations.

Here: the tables, as patterns of whole words. Not here: what is done with them (`tests.house.wording`). Forms that mean something else in
the language they are looked for in are left out or guarded. Sources: Nynorskordboka and Bokmålsordboka for what belongs to which
standard; Språkrådet («Kansellisten», «gammeldagse ord», «Ver konsekvent!») for the rest.
"""

import re
from collections.abc import Mapping

from bot.engine.texts import Language

NB, NN = Language.NB, Language.NN


def _whole(*lines: str) -> re.Pattern[str]:
    """Whole words, separated by spaces in the lines; a `_` in a word stands for a space in the text."""
    words = "|".join(word.replace("_", r"\s") for line in lines for word in line.split())
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _except(*words: str) -> str:
    """Goes before a pattern that would take these whole words too."""
    return rf"(?!(?:{'|'.join(words)})(?!\w))"


OTHER_STANDARD: Mapping[Language, re.Pattern[str]] = {
    NN: _whole(
        "ikke jeg hvis hva hvem hvor hvorfor hvordan hvilken hvilket hvilke hver hvert fra noe noen mye uke uka uken uker ukene ukes",
        "hjem hjemme hjemmet bare være vært gjøre gjør sier vet en et deres dere hun henne dem disse sammen siden mer flere",
        "samme selv da",
        "kommer komme kommet ga fikk gikk ble skriver leser finner finnes trenger holder holde snakker svarer venter bruker",
        "brukere lager",
        "endrer sletter lagrer flytter bekrefter bekrefte bekreftet ønsker endret slettet lagret flyttet svarte ventet snakket samtykker",
        "gjelder ligger sitter tidligere videre tilbud tilbudet åpne åpner åpen navn navnet sted stedet steder ganger dager dagene timer",
        "timene minutter kontakter foreslår foreslå foreslått uten utenfor velg velge velger valgte valgt spørre fortelle",
        "forteller planer",
        "planene følger følge søke søker søkes ringe ringer tenke tenker trekke trekker trykker trykke legge legger behøver",
        "annen annet egen",
        "\\w*tjenest\\w* \\w*tilbud\\w* \\w*leder\\w* \\w*sykepleier\\w* samtaler\\w* lettere bedre penger pengene passer",
        "bolig\\w* hverdag\\w* fortell enhet\\w* skole\\w* måned\\w* mulig\\w* forbered\\w* foresatt\\w* ansatt\\w* bekreftelse\\w*",
        "påminnelse\\w* avgjørelse\\w*",
        "tillatelse\\w* opplevelse\\w* hendelse\\w* begynnelse\\w* veiled\\w* medvirk\\w* taushetsplikt\\w* avlastning\\w*",
        "møtene ansvarsgruppemøt(?:er|ene) \\w*(?:vedtak|tiltak|mål|behov|referat|varsl|samtykk|skjema|råd|barn)ene",
        "\\w*(?:tor|kar|tar|lar|dar|sar|ent|skap|takt|son|fag|frist|dag|leg|hag|gang|plan)ene",
        "\\w*(?:torer|torene|akere|akerne|leiere|leierne|ledere|lederne|andlere|andlerne|personer|fastleger|barnehager)",
        _except("finger", "ringer")
        + "\\w{2,}inger \\w{2,}ingene "
        + _except("ingen", "tingen", "ringen", r"\w*(?:bygn|ordn|setn)ingen")
        + "\\w{2,}ingen",
        _except("billig", "billige") + "\\w{2,}lig(?:e|t|ere|st|ste)? \\w{3,}het(?:en|er|ene)?",
        _except(
            "s?ende",
            "(?:til|inn|over|etter|vidare|ut)sende",
            "vende",
            "hende",
            "kjende",
            "brende",
            "rende",
            "elende",
            "legende",
            "utlende",
            r"\w*vende",
        )
        + "\\w{3,}ende",
        "(?:alle|mange|fleire|nye|andre|to|tre|fire|desse|dine|mine|\\d+|\\{n\\})_møter",
    ),
    NB: _whole(
        "ikkje eg ein eit frå noko nokon nokre mykje veke veka veker vekene heim heime heimen berre vere vore gjere gjer seie",
        "seier veit ho",
        "dykk dykkar dei desse saman meir fleire sjølv kva kven kvar kvart kvifor korleis då kjem kome gav fekk gjekk blei",
        "vart gong gonger",
        "held halde snakkar svarar ventar brukar brukarar endrar slettar lagrar flyttar stadfest\\w* påminning\\w*",
        "rettleiing\\w* teieplikt\\w*",
        "medverknad\\w* avlasting\\w* teneste\\w* eining\\w* mogleg\\w* skule\\w* søkje\\w* søkj trekkje\\w* ønskje\\w*",
        "følgje\\w* ringje\\w*",
        "tenkje\\w* velje vel_å spørje fortelje leggje byggje byggjer føresett\\w* pårørande koordinerande tidlegare kommunar",
        "planar fristar",
        "koordinatorar\\w* møta tilbod\\w* opne opnar namn\\w* stad stader dagar dagane timar månad\\w* foreldra utan utanfor vidare",
        "\\w*tenest\\w* \\w*tilbod\\w* \\w*lova leiar\\w* \\w*sjukepleiar\\w* lettare betre pengar\\w* bustad\\w* kvardag\\w*",
        "treng tek fortel",
        _except(r"\w*(?:bane|vane|fane)", "plane") + "\\w{3,}ane",
        _except(r"\w*(?:var|far|klar|uar|inar|mentar|mular|plar|kar|tar|par|har)", "altar", "radar") + "\\w{3,}ar",
        "førebu\\w* tilsett\\w* føreslå\\w* (?:det|som|dette)_gjeld finst hjå sidan sjå sei deg_sjølv bidreg deltek",
        "\\w{2,}(?:ingar|ingane) \\w{2,}leg(?:t|are|ast|aste)? \\w{3,}heit(?:a|er|ene)? \\w*(?:tor|kar|tar|lar|dar)ane",
        _except("blande", "stande", "rande", "lande", "sande", "forlande") + "\\w{4,}ande",
    ),
}

OUR_CHOICE: Mapping[Language, re.Pattern[str]] = {
    NN: _whole(
        "naudsynt\\w* gje gjev gjevast vert vart verte vorte òg fyrst fyrste mogeleg\\w* hjå dykker born borna spurnad\\w* vegleiing\\w*",
        "å_(?:vera|gjera|seia|koma|finna|skriva|lesa|senda|velja|søkja|følgja|trekkja|ønskja|ringja|svara|stadfesta|endra|flytta|sletta|lagra)",
        "å_(?:henta|venta|snakka|kontakta|bruka|hjelpa|delja|leggja|spørja|fortelja|tenkja|byggja|trykkja|opna|starta|avslutta|stoppa)",
        "tenk[ea]r tenke bygge rekke strekke å_samtykke å_(?:søke|tenke|trekke|følge|ringe|ønske|legge)",
        "sakliste\\w* rettighei\\w* tausheit\\w* nu efter",
        "difor framlegg\\w* samde? usamde? svart sysken begynn begynne begynner begynte begynt",
    ),
    NB: _whole(
        "dersom nu efter deltager\\w* mottager\\w* sakliste\\w* sprog \\w{2,}inga "
        + _except("fremmed\\w*", "fremdeles", "fremst\\w*", "fremad")
        + "frem\\w*",
        "endra sletta flytta lagra svara venta bekrefta samtykka avslutta starta snakka kontakta",
        "veileding\\w*",
        "gruppen ansvarsgruppen lista sakslista sjekklista tida fritida helsa",
    ),
}

OFFICE_WORDS = _whole(
    "vedrørende vedrørande foreta\\w* vennligst venlegast snarest hurtigst_mulig henhold_til medhald_av i_forbindelse_med",
    "i_samband_med såfremt såframt hvorvidt herved hermed heretter ovennevnte ovannemnde nedenstående nedanståande ihht",
    "undertegnede underteikna bistå bistand iverksett\\w* iverksette\\w* igangsett\\w* besørge\\w* bemerk\\w* erverv\\w*",
    "oversend\\w* imøtekomm\\w* imøtekom\\w* påse påser anmod\\w* oppmode\\w* begjær\\w* fortrinnsvis likeledes likeleis",
    "samt forefinn\\w*",
    "grunnet hva_angår kva_gjeld hva_gjelder utover_dette for_øvrig vederbørlig respektive forestå\\w*",
)

ABBREVIATIONS = re.compile(
    r"(?<!\w)(?:IP|KE|AG)(?![\w-])"
    r"|(?<!\w)(?i:evt|mht|jf|jfr|iht|ihht|bl\.\s?a|f\.\s?eks|ca|osv|dvs|mv|m\.\s?v|pga|p\.\s?g\.\s?a|ift|tlf|nr|pkt|vedr|inkl|ekskl|t\.o\.m|f\.o\.m)\."
    r"|(?<!\w)(?:evt|mht|jf|jfr|iht|pga|osv|dvs|ift|tlf|vedr|fom)(?![\w])",
)

MODAL_AND_S_PASSIVE: Mapping[Language, re.Pattern[str]] = {
    NB: re.compile(
        r"(?<!\w)(?:kan|skal|må|bør|vil|kunne|skulle|burde|måtte)\s(?:\w+\s){0,2}?"
        + _except(
            "synes", "finnes", "møtes", "lykkes", "minnes", "trives", "høres", "føles", "kjennes", "enes", "dere?s", "alles", "felles"
        )
        + r"(?:\w{3,}[^ei\W]es)(?!\w)",
        re.IGNORECASE,
    ),
    NN: re.compile(
        r"(?<!\w)(?:kan|skal|må|bør|vil|kunne|skulle|burde|måtte)\s(?:\w+\s){0,2}?"
        + _except(
            "finnast",
            "møtast",
            "lukkast",
            "minnast",
            "trivast",
            "synast",
            "kjennast",
            "semjast",
            r"\w*(?:leg|ig|sein|rask|lett|enkl|høg|låg|nær|snar)ast",
            "fast",
            "kast",
        )
        + r"(?:\w{3,}[^ei\W]ast)(?!\w)",
        re.IGNORECASE,
    ),
}

NYNORSK_PRESENT_PASSIVE = re.compile(
    r"(?<!\w)" + _except(r"\w*(?:gjest|attest|test|fest|rest|prest|nest|vest|hest|best|mest|flest|protest|minst)") + r"\w{4,}est(?!\w)",
    re.IGNORECASE,
)
"""*undersøkjest*, *sendest*: the present is *blir undersøkt*, *blir sendt*, or better active."""

ENGLISH = _whole(
    "the you your and of with this that please phone yes we can will has was were been when what who which how why their",
    "meeting application choose answer answers write delete change cancel keep back need",
)

GLOSSARY: Mapping[str, Mapping[Language, str]] = {
    r"coordinating unit": {NB: r"koordinerende enhet", NN: r"koordinerande eining"},
    r"coordinators?": {NB: r"koordinator", NN: r"koordinator"},
    r"individual plans?": {NB: r"individuelle? plan", NN: r"individuelle? plan"},
    r"responsibility groups?": {NB: r"ansvarsgrupp", NN: r"ansvarsgrupp"},
    r"applications?": {NB: r"søk", NN: r"søk"},
    r"consents?": {NB: r"samtykk", NN: r"samtyk"},
    r"deadlines?": {NB: r"frist", NN: r"frist"},
    r"kindergartens?": {NB: r"barnehage", NN: r"barnehage"},
    r"schools?": {NB: r"skole", NN: r"skule"},
    r"complaints?": {NB: r"klage", NN: r"klag[ea]"},
    r"identity numbers?": {NB: r"fødselsnummer", NN: r"fødselsnummer"},
}
"""English terms and what must stand in a translation of a text that has one. *ansvarsgrupp* covers the definite form in -a and -en."""

SAME_IN_ENGLISH = frozenset(
    {"Samråd", "OK", "Bokmål", "Nynorsk", "Telegram", "Samspill", "PDF", "SMS", "Visma Samspill", "Status", "Person", "Plan"}
)
"""Msgids that may be their own translation."""
