// One person's chat, as on a phone: messages, keyboards, commands and the field to write in. Its words are in the person's own language.
import { ask, el, fill } from "/page/elements.js";
import { dayOf, timeOf } from "/page/dates.js";

const TYPING_FOR = 5000;
const NOTICE_FOR = 4000;
const NEAR_THE_END = 80;

export class Column {
  constructor(person, texts, tell) {
    this.person = person;
    this.texts = texts;
    this.tell = tell;
    this.shown = new Map();
    this.build();
  }

  build() {
    const { person, texts } = this;
    this.role = el("p", { class: "role" });
    this.about = el("div", { class: "about" });
    this.list = el("ol", { class: "messages plain" });
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0" }, this.about, this.list);
    this.typing = el("p", { class: "typing", hidden: true }, texts.typing);
    this.notice = el("p", { class: "notice", role: "status" });
    this.replies = el("div", { class: "replies", role: "group", "aria-label": texts.replies });
    this.blocking = el("button", { type: "button", onclick: () => this.block() });
    this.foot = el("div", { class: "foot" });
    const initials = person.name.split(" ").map((word) => word[0]).join("");
    this.node = el("section", { class: "column", lang: person.language, "aria-labelledby": `name-${person.id}`, "data-account": person.id },
      el("header", { class: "who-is" },
        el("span", { class: "initials", "aria-hidden": "true" }, initials),
        el("div", {}, el("h2", { id: `name-${person.id}` }, person.name), this.role),
        el("details", { class: "menu" },
          el("summary", { "aria-label": fill(texts.menuFor, { name: person.name }) }, "⋯"), el("div", { class: "sheet" }, this.blocking))),
      this.log, this.typing, this.notice, this.replies, this.foot);
    this.buildFoot();
    this.atEnd = true;
    this.log.addEventListener("scroll", () => { this.atEnd = this.fromEnd() < NEAR_THE_END; }, { passive: true });
    new ResizeObserver(() => { if (this.atEnd) this.toEnd(); }).observe(this.log);
    for (const sign of ["pointerdown", "focusin", "wheel"]) {
      this.node.addEventListener(sign, () => this.read(), { passive: true });
    }
  }

  buildFoot() {
    const { texts, person } = this;
    this.field = el("textarea", {
      rows: "1", maxlength: "4096", "aria-label": texts.write, placeholder: texts.write, enterkeyhint: "send",
      onkeydown: (event) => this.onKey(event), oninput: () => this.grow(),
    });
    this.commands = el("ul", { class: "commands plain", id: `commands-${person.id}`, hidden: true });
    this.slash = el("button", {
      type: "button", class: "slash", "aria-label": texts.commands, "aria-expanded": "false", "aria-controls": this.commands.id,
      onclick: () => this.showCommands(this.commands.hidden),
    }, "/");
    this.form = el("form", { class: "write", onsubmit: (event) => this.send(event) },
      this.slash, this.field, el("button", { type: "submit", class: "primary send" }, texts.send));
    this.startButton = el("button", { type: "button", class: "primary wide", onclick: () => this.start() }, texts.start);
    this.unblock = el("div", { class: "blocked" }, el("p", {}, texts.youBlocked),
      el("button", { type: "button", class: "wide", onclick: () => this.block() }, texts.unblock));
    for (const part of [this.form, this.startButton, this.unblock]) part.hidden = true; // Until it is known which of them is wanted.
    this.foot.append(this.commands, this.form, this.startButton, this.unblock);
    this.foot.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.commands.hidden) {
        this.showCommands(false);
        this.slash.focus();
        event.stopPropagation();
      }
    });
  }

  nameRole(language) {
    this.role.textContent = `${this.person.role[this.person.language]} · ${this.texts[`language_${this.person.language}`]}`;
    this.role.lang = this.person.language;
    this.pageLanguage = language;
  }

  draw(chat, now) {
    this.chat = chat;
    const { atEnd } = this;
    this.log.setAttribute("aria-label", `${fill(this.texts.chatWith, { bot: chat.bot })}, ${this.person.name}`);
    this.drawAbout(chat);
    this.drawMessages(chat, now);
    this.drawCommands(chat);
    this.drawReplies(chat);
    this.blocking.textContent = chat.blocked ? this.texts.unblock : this.texts.block;
    this.blocking.disabled = !chat.started;
    this.form.hidden = !chat.started || chat.blocked;
    this.startButton.hidden = chat.started;
    this.unblock.hidden = !chat.blocked;
    if (this.toBeFocused && !this.form.hidden) {
      this.toBeFocused = false;
      this.field.focus();
    }
    const last = chat.messages.at(-1);
    if (last && last.id !== this.lastId) {
      this.lastId = last.id;
      if (!last.mine) this.typing.hidden = true;
      if (atEnd || last.mine) this.toEnd();
    } else if (atEnd) this.toEnd();
  }

  fromEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.atEnd = true;
  }

  drawAbout(chat) {
    this.about.hidden = chat.messages.length > 0;
    this.about.replaceChildren(...(chat.about ? [el("h3", {}, this.texts.whatCan), el("p", { class: "own" }, chat.about)] : [el("h3", {}, chat.bot)]),
      ...(chat.hasCode ? [el("p", { class: "hint" }, this.texts.withCode)] : []));
  }

  drawMessages(chat, now) {
    const thisYear = now ? now.slice(0, 4) : null;
    const nodes = [];
    let day = null;
    for (const message of chat.messages) {
      const itsDay = dayOf(message.at, this.texts, { year: message.at.slice(0, 4) !== thisYear });
      if (itsDay !== day) nodes.push(this.keyed(`day ${itsDay}`, itsDay, () => el("li", { class: "day" }, el("span", {}, itsDay))));
      day = itsDay;
      nodes.push(this.keyed(message.id, JSON.stringify(message), () => this.message(message)));
    }
    const kept = new Set(nodes);
    for (const [key, one] of this.shown) if (!kept.has(one.node)) this.shown.delete(key);
    for (const node of [...this.list.children]) if (!kept.has(node)) node.remove();
    nodes.forEach((node, index) => {
      if (this.list.children[index] !== node) this.list.insertBefore(node, this.list.children[index] ?? null);
    });
  }

  keyed(key, content, make) {
    const known = this.shown.get(key);
    if (known?.content === content) return known.node;
    const node = make();
    if (known) this.replace(known.node, node);
    this.shown.set(key, { content, node });
    return node;
  }

  replace(old, node) {
    const place = document.activeElement?.dataset?.place;
    const focused = old.contains(document.activeElement);
    old.replaceWith(node);
    if (focused) (node.querySelector(`[data-place="${place}"]`) ?? this.log).focus({ preventScroll: true });
  }

  message(message) {
    const { texts } = this;
    const side = message.mine ? "mine" : "theirs";
    const speaker = el("span", { class: "unseen" }, `${message.mine ? texts.you : this.chat.bot}: `);
    if (message.deleted) return el("li", { class: `${side} deleted`, "data-message": message.id }, el("div", { class: "bubble" }, speaker, el("p", {}, texts.deleted)));
    const foot = el("p", { class: "at" }, message.edited ? `${texts.edited} ` : null, el("time", { datetime: message.at }, timeOf(message.at, texts)));
    const bubble = el("div", { class: "bubble" }, speaker,
      message.document ? this.document(message.document) : null,
      message.text ? el("p", { class: "own" }, message.text) : null, foot);
    const rows = message.buttons.map((row, r) => el("div", { class: "keys" }, ...row.map((button, c) => this.key(message, button, r, c))));
    return el("li", { class: side, "data-message": message.id }, bubble, ...rows);
  }

  document(document) {
    const size = document.size < 1024 ? `${document.size} byte` : `${Math.round(document.size / 1024)} kB`;
    return el("a", { class: "file", href: `/documents/${encodeURIComponent(document.id)}`, download: document.name,
      "aria-label": fill(this.texts.download, { name: document.name, size }) },
      el("span", { class: "file-name" }, document.name), el("span", { class: "file-size" }, size));
  }

  key(message, button, row, column) {
    const place = `${row}-${column}`;
    if (button.url) {
      return el("a", { class: "key", href: button.url, target: "_blank", rel: "noopener noreferrer", "data-place": place },
        button.text, el("span", { class: "unseen" }, ` (${this.texts.opensNew})`), el("span", { "aria-hidden": "true" }, " ↗"));
    }
    const press = () => ask("press", { account: this.person.id, message: message.id, row, column });
    return el("button", { type: "button", class: "key", "aria-busy": button.spins ? "true" : null, "data-place": place,
      disabled: !button.presses, onclick: press },
      button.text, button.spins ? el("span", { class: "spinner" }, el("span", { class: "unseen" }, this.texts.waitingForAnswer)) : null);
  }

  drawCommands(chat) {
    const now = JSON.stringify(chat.commands);
    if (now === this.commandsShown) return; // Rebuilding would take the focus from whoever is choosing.
    this.commandsShown = now;
    this.slash.hidden = chat.commands.length === 0;
    this.commands.replaceChildren(...chat.commands.map((one) => el("li", {},
      el("button", { type: "button", onclick: () => this.say(`/${one.command}`) },
        el("span", { class: "command" }, `/${one.command}`), el("span", {}, one.description)))));
  }

  showCommands(show) {
    this.commands.hidden = !show;
    this.slash.setAttribute("aria-expanded", String(show));
    if (show) this.commands.querySelector("button")?.focus();
  }

  drawReplies(chat) {
    const rows = chat.blocked || !chat.keyboard ? [] : chat.keyboard.rows;
    const now = JSON.stringify(rows);
    this.field.placeholder = chat.keyboard?.hint || this.texts.write;
    if (now === this.repliesShown) return;
    this.repliesShown = now;
    this.replies.hidden = rows.length === 0;
    this.replies.replaceChildren(...rows.map((row) => el("div", { class: "keys" },
      ...row.map((text) => el("button", { type: "button", class: "key", onclick: () => ask("say", { account: this.person.id, text }) }, text)))));
  }

  onKey(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.send(event);
  }

  grow() {
    this.field.rows = Math.min(5, this.field.value.split("\n").length);
  }

  send(event) {
    event.preventDefault();
    if (this.field.value.trim()) this.say(this.field.value);
  }

  async say(text) {
    this.showCommands(false);
    this.field.focus();
    const answer = await ask("say", { account: this.person.id, text });
    if (!answer.done) this.tell("couldNot");
    else if (this.field.value === text) this.field.value = "";
    this.grow();
  }

  async start() {
    this.toBeFocused = true;
    const answer = await ask("start", { account: this.person.id });
    if (!answer.done) this.tell("couldNot");
  }

  async block() {
    this.toBeFocused = this.chat.blocked;
    await ask("block", { account: this.person.id, blocked: !this.chat.blocked });
    this.node.querySelector("details.menu").open = false;
  }

  read() {
    if (this.chat?.unread) {
      this.chat.unread = 0;
      ask("read", { account: this.person.id });
    }
  }

  showTyping() {
    this.typing.hidden = false;
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => { this.typing.hidden = true; }, TYPING_FOR);
  }

  showNotice(text) {
    this.notice.textContent = text;
    clearTimeout(this.noticeTimer);
    this.noticeTimer = setTimeout(() => { this.notice.textContent = ""; }, NOTICE_FOR);
  }
}
