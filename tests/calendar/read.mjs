// Reads calendar files with ical.js: a JSON list of texts on standard input, a JSON list of what each says on standard output.
// Moments are turned into UTC by the VTIMEZONE in the file alone; ical.js knows no zone of its own.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
const { default: ICAL } = await import(pathToFileURL(require.resolve("ical.js")));

function utc(property, zones) {
  const time = property.getFirstValue();
  const zone = zones.get(property.getParameter("tzid"));
  if (!zone) throw new Error("a time without a zone of the file's own");
  time.zone = zone;
  return new Date(time.toUnixTime() * 1000).toISOString();
}

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = new Map(calendar.getAllSubcomponents("vtimezone").map((each) => [each.getFirstPropertyValue("tzid"), new ICAL.Timezone(each)]));
  const events = calendar.getAllSubcomponents("vevent").map((event) => {
    const people = event.getAllProperties("attendee");
    return {
      uid: event.getFirstPropertyValue("uid"),
      sequence: event.getFirstPropertyValue("sequence"),
      status: event.getFirstPropertyValue("status"),
      summary: event.getFirstPropertyValue("summary"),
      description: event.getFirstPropertyValue("description"),
      location: event.getFirstPropertyValue("location"),
      organizer: event.getFirstPropertyValue("organizer"),
      attendees: people.map((each) => [each.getFirstValue(), each.getParameter("partstat")]),
      begins: utc(event.getFirstProperty("dtstart"), zones),
      ends: utc(event.getFirstProperty("dtend"), zones),
      stamp: new Date(event.getFirstPropertyValue("dtstamp").toUnixTime() * 1000).toISOString(),
    };
  });
  return { method: calendar.getFirstPropertyValue("method"), zones: [...zones.keys()], events };
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
