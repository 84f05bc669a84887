// What stands above the chats: the clock, the outbox, what waits, and what has been ordered to fail.
import { ask, el, fill } from "/page/elements.js";
import { momentOf, timeOf } from "/page/dates.js";

const ON_ITS_WAY = new Set(["ready", "sending", "retry", "unknown"]);
const byId = (id) => document.getElementById(id);

// The words of an e-mail, with its addresses as links.
function linked(text) {
  return text.trim().split(/(https?:\/\/[^\s]+)/).map((part, place) =>
    place % 2 ? el("a", { href: part, target: "_blank", rel: "noopener" }, part) : part);
}

export class Strips {
  constructor(say) {
    this.say = say;
    this.latest = null;
    this.town = null;
    for (const button of document.querySelectorAll("[data-turn]")) {
      button.addEventListener("click", () => this.turn(button));
    }
    byId("fault-form").addEventListener("submit", (event) => this.orderFault(event));
    byId("fault-clear").addEventListener("click", () => ask("fault", { clear: true }));
    byId("fault-kind").addEventListener("change", () => this.matchFault());
  }

  async turn(button) {
    const buttons = document.querySelectorAll("[data-turn]");
    for (const each of buttons) each.setAttribute("aria-disabled", "true");
    const answer = await ask("turn", { by: button.dataset.turn });
    for (const each of buttons) each.removeAttribute("aria-disabled");
    if (!answer.done) this.say("couldNot");
    else if (answer.now) this.say("turned", { when: momentOf(answer.now, this.texts, { year: true }) });
    else this.say("noneWaits");
  }

  async orderFault(event) {
    event.preventDefault();
    const answer = await ask("fault", {
      fault: byId("fault-kind").value, method: byId("fault-method").value, times: Number(byId("fault-times").value),
    });
    if (!answer.done) this.say("couldNot");
  }

  matchFault() {
    byId("fault-method").disabled = this.town.faults.update.includes(byId("fault-kind").value);
  }

  draw(texts, language) {
    this.texts = texts;
    this.language = language;
    if (this.town) this.drawTown();
    if (this.latest) this.drawLatest();
  }

  drawTown() {
    byId("municipality").textContent = this.town.municipality;
    byId("clock").hidden = byId("behind").hidden = !this.town.hasClock;
    const kinds = [...this.town.faults.call, ...this.town.faults.update];
    const kept = [byId("fault-kind").value, byId("fault-method").value];
    byId("fault-kind").replaceChildren(...kinds.map((kind) => el("option", { value: kind }, this.texts[`fault_${kind}`])));
    byId("fault-method").replaceChildren(
      ...this.town.faults.methods.map((method) => el("option", { value: method }, method === "*" ? this.texts.anyCall : method)),
    );
    if (kept[0]) [byId("fault-kind").value, byId("fault-method").value] = kept;
    this.matchFault();
  }

  drawLatest() {
    const { texts, language, latest } = this;
    byId("now").textContent = momentOf(latest.now, texts, { year: true });
    const going = latest.outbox.filter((line) => ON_ITS_WAY.has(line.state)).length;
    byId("behind-count").textContent = fill(texts.behindCount, { outbox: going, waiting: latest.waiting.length });
    byId("outbox").replaceChildren(...this.lines(latest.outbox, texts.emptyOutbox, (line) => [
      el("span", { class: `state ${line.state}` }, texts[`state_${line.state}`] ?? line.state),
      el("span", { class: "what" }, line.kind[language]), el("span", { class: "who" }, line.to),
      el("time", { datetime: line.at, title: momentOf(line.at, texts) }, timeOf(line.at, texts)),
    ]));
    byId("waiting").replaceChildren(...this.lines(latest.waiting, texts.nothingWaits, (line) => [
      el("span", { class: "what" }, line.what[language]), el("time", { datetime: line.due }, momentOf(line.due, texts)),
    ]));
    // E-mails come and stay, so those that are drawn are left as they are: somebody may be reading one.
    const drawn = JSON.stringify([language, latest.mails]);
    if (drawn !== this.drawnMails) {
      this.drawnMails = drawn;
      byId("mails").replaceChildren(...this.lines(latest.mails, texts.noMails, (mail) => [this.mail(mail)]));
    }
    byId("fault-list").replaceChildren(...this.lines(latest.faults, texts.noFaults, (one) => [
      `${texts[`fault_${one.fault}`]}${one.method === "*" ? "" : ` · ${one.method}`} · ${one.times}`,
    ]));
  }

  mail(mail) {
    const { texts } = this;
    return el("details", { class: "mail" },
      el("summary", {}, el("span", { class: "what" }, mail.subject), " ", el("span", { class: "who" }, mail.to), " ",
        el("time", { datetime: mail.at, title: momentOf(mail.at, texts) }, timeOf(mail.at, texts))),
      el("p", { class: "letter" }, ...linked(mail.text)),
      mail.calendar ? el("p", { class: "who" }, texts.withCalendar) : null);
  }

  lines(items, none, parts) {
    return items.length ? items.map((item) => el("li", {}, ...parts(item))) : [el("li", { class: "none" }, none)];
  }
}
