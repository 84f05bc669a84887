// The page: which people are shown, in which language, and what the server tells. Everything shown comes from its stream of events.
import { el, fill } from "/page/elements.js";
import { Column } from "/page/columns.js";
import { Strips } from "/page/strips.js";

const SAID_FOR = 6000;
const COLUMN_WIDTH = 340;
const byId = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 719px)");
const texts = await (await fetch("/page/texts.json")).json();
const columns = new Map();
const chosen = new Set();
const strips = new Strips(say);
let language = [location.hash.slice(1), navigator.language.split("-")[0]].find((code) => code in texts) ?? "nb";
let people = [];
let active = null;
let saidTimer;

function say(name, values = {}) {
  byId("said").textContent = fill(texts[language][name], values);
  byId("said").hidden = false;
  clearTimeout(saidTimer);
  if (name !== "lost") saidTimer = setTimeout(() => { byId("said").hidden = true; }, SAID_FOR);
}

function drawTexts() {
  const words = texts[language];
  document.documentElement.lang = language;
  document.title = words.pageTitle;
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = words[node.dataset.text];
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", words[node.dataset.label]);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  strips.draw(words, language);
  for (const column of columns.values()) column.nameRole(language);
  drawChoice();
}

function drawChoice() {
  const focused = document.activeElement?.dataset?.choose;
  byId("choose").replaceChildren(...people.map((person) => {
    const unread = columns.get(person.id).chat?.unread ?? 0;
    return el("button", { type: "button", "data-choose": person.id, "aria-pressed": String(isShown(person.id)), onclick: () => choose(person.id) },
      el("span", { class: "chip-name" }, person.name), el("span", { class: "chip-role" }, person.role[language]),
      unread ? el("span", { class: "badge" }, String(unread), el("span", { class: "unseen" }, ` – ${fill(texts[language].unread, { n: unread })}`)) : null);
  }));
  if (focused) byId("choose").querySelector(`[data-choose="${focused}"]`)?.focus({ preventScroll: true });
}

function isShown(id) {
  return narrow.matches ? id === active : chosen.has(id);
}

function choose(id) {
  if (narrow.matches || !chosen.has(id)) chosen.add(id);
  else chosen.delete(id);
  active = id;
  drawShown();
  if (isShown(id)) columns.get(id).node.scrollIntoView({ inline: "nearest", block: "nearest" });
}

function drawShown() {
  for (const [id, column] of columns) {
    const wasHidden = column.node.hidden;
    column.node.hidden = !isShown(id);
    if (wasHidden && !column.node.hidden) column.toEnd();
  }
  byId("none")?.remove();
  if (![...columns.keys()].some(isShown)) byId("people").append(el("p", { id: "none", class: "none" }, texts[language].noneShown));
  readActive();
  drawChoice();
}

function readActive() {
  if (narrow.matches && document.visibilityState === "visible") columns.get(active)?.read();
}

function meetTown(town) {
  strips.town = town;
  byId("secure-page").hidden = !town.securePage;
  if (town.securePage) {
    byId("page-link").href = `${town.securePage}/`;
    byId("desk-link").href = `${town.securePage}/desk`;
  }
  if (people.length === 0) {
    people = town.people;
    for (const person of people) columns.set(person.id, new Column(person, texts[person.language], say));
    byId("people").append(...[...columns.values()].map((column) => column.node));
    const fit = Math.max(1, Math.floor(innerWidth / COLUMN_WIDTH));
    for (const person of people.slice(0, fit)) chosen.add(person.id);
    active = people[0]?.id;
  }
  drawTexts();
  drawShown();
  byId("said").hidden = true;
}

function meetNotice(notice) {
  if (notice.alert) {
    byId("alert-text").textContent = notice.text;
    byId("alert").lang = columns.get(notice.account_id).person.language;
    if (!byId("alert").open) byId("alert").showModal();
  } else columns.get(notice.account_id)?.showNotice(notice.text);
}

function listen() {
  const events = new EventSource("/events");
  const on = (name, meet) => events.addEventListener(name, (event) => meet(JSON.parse(event.data)));
  on("town", meetTown);
  on("chat", (chat) => {
    columns.get(chat.account)?.draw(chat, strips.latest?.now);
    readActive();
    drawChoice();
  });
  on("typing", ({ account }) => columns.get(account)?.showTyping());
  on("notice", meetNotice);
  on("strips", (latest) => {
    strips.latest = latest;
    strips.drawLatest();
  });
  events.addEventListener("error", () => say("lost"));
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    language = button.dataset.language;
    history.replaceState(null, "", `#${language}`);
    drawTexts();
  });
}
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
document.addEventListener("pointerdown", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
narrow.addEventListener("change", drawShown);
document.addEventListener("visibilitychange", readActive);
drawTexts();
listen();
