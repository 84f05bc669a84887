"""Words that mean danger to life, and the one answer to them.

Here: whether a message in Bokmål, Nynorsk or English speaks of suicide, self-harm, violence, an overdose or an emergency of the body,
and whom to phone. Not here: what happens to the message itself. Guarantee: the answer is fixed; nothing is judged, diagnosed, or left
to a reader who may not be there. It is rather given once too often than once too seldom; only words that are clearly harmless
("selvmordsforebyggende kurs") and illness long past ("etter hjerteinfarkt") do not call it forth.
"""

import re
import unicodedata
from enum import StrEnum

from bot.engine.texts import Text, joined, t


class Danger(StrEnum):
    """What kind of danger the words speak of."""

    SUICIDE = "suicide"
    VIOLENCE = "violence"
    OVERDOSE = "overdose"
    EMERGENCY = "emergency"


def danger_in(message: str) -> Danger | None:
    """The first kind of danger that a person's own words speak of; None when they speak of none."""
    words = HARMLESS.sub(" ", _normal(message))
    return next((danger for danger, pattern in PATTERNS.items() if pattern.search(words)), None)


def danger_answer() -> Text:
    """The fixed answer: ambulance, police, doctor on duty, Mental Helse, Alarmtelefonen for barn og unge; the last two are open all day."""
    return joined(
        t("Is life in danger now? Phone 113."),
        t("Does someone hurt or threaten you? Phone the police: 112."),
        t("Do you need a doctor now? Phone 116 117."),
        t("Do you need someone to talk to? Phone 116 123, day and night."),
        t("Are you a child or a young person? Phone 116 111, day and night."),
        t("I am a computer program. I cannot see whether you are safe, and people may not read this at once."),
        by="\n",
    )


def _normal(message: str) -> str:
    """Lower case, one space between words, Swedish and German letters and "aa" as Norwegian ones, without invisible characters."""
    words = unicodedata.normalize("NFKC", message).casefold()
    if not words.isprintable():  # Nothing that can be printed is invisible.
        words = "".join(character for character in words if unicodedata.category(character) != "Cf")
    for found, norwegian in (("ö", "ø"), ("ä", "æ"), ("aa", "å"), ("\N{RIGHT SINGLE QUOTATION MARK}", "'"), ("`", "'")):
        words = words.replace(found, norwegian)
    return re.sub(r"[\W_]+", " ", words.replace("'", ""))


def _pattern(*alternatives: str) -> re.Pattern[str]:
    """One pattern of several; `~` stands for a space or up to three words between, `OTHERS` for those whom somebody may hurt."""
    joined_up = "|".join(alternatives).replace("~", r" (?:\w+ ){0,3}?").replace("OTHERS", _OTHERS)
    return re.compile(rf"\b(?:{joined_up})")


_SELF = r"(?:meg|mæ|mei|me|mg)"
_SELF_OR_THEMSELVES = r"(?:meg|mæ|mei|me|seg|sæ|sei|se|oss|deg)"
_OTHERS = (
    r"(?:meg|mæ|oss|deg|dere|dykk|han|henne|ho|hun|ham|dem|barn\w*|ung\w*|mamma\w*|mor\w*|pappa\w*|far\b|søs\w*|bror\w*|broren|"
    r"dotter\w*|dottera|datter\w*|søn\w*|kona|mann\w*|kjærast\w*|kjæreste\w*)"
)
_NOT = r"(?:ikke|ikkje|ikkj|ittj|itte|ente|inte|aldri)"
_WISH = (
    r"(?:vil|ville|ynskjer|ønsker|ønskjer|ønske|ynskje|lyst(?: til)?|skulle|klar(?: for| til)?|håper|håpar|tenker(?: på)?|tenkjer(?: på)?|"
    r"tenkt(?: på)?|prøver|prøvd|forsøkt|planlegger|planlegg|kommer til|kjem til)"
)
_BODY_HARM = r"(?:skad[eai]\w*|kutt[eai]\w*|skjær\w*|skjer\w*|skar|risp[eai]\w*|brenn\w*|stikk\w*)"
_HURTS = (
    r"(?:slår|slar|slo|slått|bankar?|banker|denger?|dengar|juler|sparkar?|sparker|kveler?|kvel|kvelt[ea]?|"
    r"truer|truar|trua|truet|tru[ga]de|trugar?|truger)"
)
_TOO_MUCH = r"(?:alle|altfor|alt for|for|masse|hele|heile|haug|boks\w*|pakk\w*)"
_HEART = r"(?:hj[ea]rtestans|hj[ea]rteinfarkt|hj[ea]rteattakk|infarkt|hj[ea]rneslag|slag|drypp)"
_MEDICINE = r"(?:tablett\w*|pille\w*|medisin\w*|sove\w+|paracet\w*|insulin\w*|metadon\w*|dop|stoff)"

HARMLESS = _pattern(
    r"s(?:el|jøl|jol)v?mord ?s?f[oø]r[ea]byg\w*",
    r"s(?:el|jøl|jol)v?mords?forsk\w*",
    r"suicide prevention",
    r"overdose ?(?:team|strategi|forebyg|førebyg)\w*",
    r"vold(?:s| )?(?:forebyg)\w*",
    r"v[oa]ldtekt(?:s| )?mottak\w*",
    rf"(?:etter|hatt|hadde|tidligere|tidlegare) (?:et |eit )?{_HEART}\b",
    r"kniv og gaffel",
    r"slå?r? (?:meg|oss|deg) (?:at|til ro|saman|sammen|opp|fram|på)\b",
)

PATTERNS = {
    Danger.SUICIDE: _pattern(
        r"s(?:el|jøl|jol|jål)v? ?mor[dt]\w*",
        r"sui[cs]i?d\w*",
        rf"(?:ta|tar|tek|tok|tatt|teke)~(?:livet|liv) (?:av )?(?:{_SELF_OR_THEMSELVES}|mitt|sitt|ditt)\b",
        r"(?:ta|tar|tek|tok|tatt|teke) (?:mitt|sitt) (?:eget|eige) liv\b",
        r"(?:avslutt\w*|ende|gj(?:øre|ere|ør|er) slutt på) (?:livet|det hele|det heile|alt)\b",
        rf"drep\w* {_SELF_OR_THEMSELVES} s(?:el|jøl)v?\b",
        rf"{_WISH}(?: å)?(?: bare| berre| heller| helst| gjerne)?(?: å)? (?:dø|døy|døye|doe|dau|daue|forsvinne for alltid)\b",
        r"(?:ønsk\w*|ynskj\w*|skulle)~(?:jeg|eg|æ|e|meg) (?:var |er |vere |være )?(?:død|daud|dau)\b",
        r"(?:vil|ville|helst|heller) (?:være|vere|vær|ver) død\b",
        rf"{_NOT} (?:\w+ ){{0,2}}lev[ea]\b(?! (?:av|opp|på|aleine|åleine|alene|saman|sammen))",
        r"(?:lei|lei av|trøtt av|trett av) livet\b",
        r"ver(?:d|dt|t) å leve\b",
        r"livet~(?:meningsløst|meiningslaust|ingen mening|inga meining|ingen meining)",
        r"s(?:el|jøl|jol)v? ?skad\w*",
        rf"{_BODY_HARM} {_SELF_OR_THEMSELVES} (?:s(?:el|jøl)v?|i arm\w*|på arm\w*|opp i arm\w*)\b",
        rf"{_WISH}(?: å)? {_BODY_HARM} {_SELF}\b",
        rf"(?:kutt[ea]r?|risp[ea]r?|kuttet|risper) {_SELF}\b",
        rf"heng(?:e|er|te|a|t|d)? {_SELF_OR_THEMSELVES}\b(?! (?:opp|på|fast|med|saman|sammen))",
        rf"skyt(?:e|er|t)? {_SELF}\b",
        r"hopp\w* (?:\w+ ){0,2}(?:bru|brua|broen|broa|toget|tog|taket|balkong\w*|stupet)\b",
        r"kill(?:ing|ed)? (?:my|him|her|them)sel(?:f|ves)",
        r"(?:want|wanna|going|ready|wish|like) (?:to )?die\b",
        r"wish i (?:was|were) dead\b",
        r"(?:end|ending) (?:my life|it all|his life|her life)",
        r"(?:dont|do not|not) want to (?:live|be alive|wake up)",
        r"(?:no reason to live|better off dead|not worth living|take my (?:own )?life)",
        r"(?:self ?harm\w*|(?:hurt|harm|cut)(?:s|ing|ting)? (?:my|him|her)self)",
    ),
    Danger.VIOLENCE: _pattern(
        rf"{_HURTS} (?:opp )?OTHERS\b(?! (?:at|til ro|saman|sammen|opp|fram|på)\b)",
        r"mish[ao]ndl\w*",
        r"v[oa]ldt(?:ek|at|ok|a)\w*",
        r"ut?s[ae]tt for~v[oa]ld\b",
        r"v[oa]ld (?:i|mot|heime|hjemme|frå|fra)\b",
        r"(?:er|blir|vart|ble|blei|var) (?:v[oa]ldele?g|v[oa]ldelig)",
        r"(?:bruker|brukar|bruke|utøver|utøvar|brukte) v[oa]ld\b",
        r"(?:drep\w*|myrd\w*|kverk\w*|ta livet av) OTHERS\b",
        r"(?:vil|skal|med å|kommer til å|kjem til å)~drep[ea]\b",
        r"(?:redd for|frykter for|fryktar for)~(?:livet|liv)\b",
        r"(?:kniv|pistol\w*|gevær\w*|våpen|øks\w*) (?:mot|på|i) OTHERS\b",
        r"(?:truer|trua|truet|trugar|tru[ga]de)~(?:kniv|pistol|gevær|våpen|øks|drepe|drepa)\b",
        r"knivst[iu]kk\w*",
        r"(?:hit|hits|hitting|beat|beats|beating|hurts|hurting|strangl\w+|chok(?:es|ing)|threaten\w*|abus(?:es|ed|ing)|stabb\w+|attack\w+) "
        r"(?:me|us|him|her|my \w+|the child\w*)\b",
        r"rap(?:ed|ing)\b",
        r"(?:kill|murder)(?:s|ing)? (?:me|us|him|her|them|you|my \w+)\b",
        r"(?:domestic violence|(?:afraid|scared|fear) for (?:my|our|his|her) li(?:fe|ves))",
    ),
    Danger.OVERDOSE: _pattern(
        r"overdos\w*",
        rf"(?:tatt|tok|teke|tar|svelg\w*|slukt|ete|etet|spist|innt\w+)~{_TOO_MUCH}~{_MEDICINE}\b",
        r"forgift\w*",
        r"(?:took|taken|swallowed|swallow)~(?:all|too many|too much|lots|whole|bottle|handful)~(?:pills?|tablets?|medicine|medication)",
        r"poisoned\b",
    ),
    Danger.EMERGENCY: _pattern(
        r"(?:får|fekk|fikk|klarer|klarar|greier|kan)~(?:ikke|ikkje|ikkj|knapt|nesten ikke|nesten ikkje)(?: til)?(?: å)? pust\w*",
        r"puster? (?:nesten |knapt )?(?:ikke|ikkje)",
        r"pustar (?:nesten )?ikkje",
        r"slutt[ae]t? å puste",
        r"(?:kveles|kvelast|kvelest|holder på å kvele\w*|held på å kvele\w*)\b",
        rf"(?:har|få|får|fekk|fikk|fått|tror|trur|hatt et)~{_HEART}\b(?! på)",
        r"hj[ea]rtestans\w*",
        r"(?:bryst\w*smerte\w*|(?:vondt|smerte\w*|press|stikk\w*|sting) i bryst\w*|vondt i hj[ea]rt\w*)",
        r"(?:be?visstløs|bevistløs|medvits?l(?:aus|øys)|medvitl(?:aus|øys))\w*",
        r"(?:blør|bløder) (?:kraftig|mykje|mye|veldig|masse|i hjel|stygt)",
        r"(?:forblø\w*|livsfar\w*|anafyla\w*|allergisk sjokk)",
        r"(?:skeiv|skjev|lam)\w* i (?:\w+ )?(?:ansikt\w*|andlet\w*)",
        r"(?:treng\w*|ring\w*|send\w*)~(?:ambulanse\w*|sykebil\w*|sjukebil\w*)",
        r"(?:holder|held|er) på å dø\w*",
        r"dør (?:nå|no)\b",
        r"(?:cant|cannot|can not|not|stopped|struggl\w+ to) breath(?:e|ing)",
        r"(?:heart attack|cardiac arrest|chest pains?|unconscious|passed out|anaphyla\w+)",
        r"(?:having|had|has|have) a stroke",
        r"bleeding (?:badly|heavily|a lot|to death)",
        r"(?:call|need|send)~(?:an )?ambulance",
        r"(?:i am|im|is|we are) (?:dying|choking)\b",
    ),
}
