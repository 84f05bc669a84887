// Times in Oslo, in the words of texts.json. The words are ours, since not every browser knows Nynorsk.
import { fill } from "/page/elements.js";

const OSLO = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Oslo", year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

function inOslo(iso) {
  const parts = Object.fromEntries(OSLO.formatToParts(new Date(iso)).map((part) => [part.type, part.value]));
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)];
  return { year, month, day, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(), hour: parts.hour, minute: parts.minute };
}

export function timeOf(iso, texts) {
  return fill(texts.time, inOslo(iso));
}

export function dayOf(iso, texts, { year = false } = {}) {
  const at = inOslo(iso);
  const named = { ...at, weekday: texts.weekdays[at.weekday], month: texts.months[at.month - 1] };
  return fill(year ? texts.dayOfYear : texts.day, named);
}

export function momentOf(iso, texts, options) {
  return fill(texts.moment, { day: dayOf(iso, texts, options), time: timeOf(iso, texts) });
}
