// Times as people in Norway write them, in Oslo, in Bokmål and Nynorsk. The words are ours, since not every browser knows Nynorsk.
const MONTHS = ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"];
const OSLO = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Oslo", year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

function inOslo(iso) {
  const parts = Object.fromEntries(OSLO.formatToParts(new Date(iso)).map((part) => [part.type, part.value]));
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)];
  return { year, month, day, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(), time: `${parts.hour}.${parts.minute}` };
}

export function timeOf(iso) {
  return inOslo(iso).time;
}

export function dayOf(iso, texts, { year = false } = {}) {
  const at = inOslo(iso);
  return `${texts.weekdays[at.weekday]} ${at.day}. ${MONTHS[at.month - 1]}${year ? ` ${at.year}` : ""}`;
}

export function momentOf(iso, texts, options) {
  return `${dayOf(iso, texts, options)} kl. ${timeOf(iso)}`;
}
