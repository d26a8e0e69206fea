"use strict";
(() => {
  const POLL_MS = 1000;
  const QUICK = ["6 yes", "3", "7 no", "Y", "N", "later", "my knee hurts", "STOP", "START", "HELP"];
  const OUTCOMES = {
    delivered: "gets texts", undelivered: "is unreachable", failed: "fails", sent: "gives no receipt",
    off: "is switched off", landline: "is a landline", refused: "is refused",
  };
  const FAULTS_FOR_MANY = new Set(["list_lag", "shuffle", "drop", "callback_late"]);
  const COUNTS = [["1", "once"], ["5", "5 times"], ["", "until off"]];
  const byId = (id) => document.getElementById(id);
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const local = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
  const day = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short" });
  const pretty = (number) => number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "+1 $1 $2 $3");
  const narrow = window.matchMedia("(max-width: 720px)");

  let open = [];
  let chosen = false; // whether a person has opened or closed a phone
  let revision = -1;
  let known = [];
  const cards = new Map();

  const call = async (method, path, body) => {
    const answer = await fetch(path, {
      method,
      headers: body ? { "Content-Type": "application/json" } : {},
      body: body ? JSON.stringify(body) : undefined,
    });
    const document_ = await answer.json();
    if (!answer.ok) throw new Error(document_.error || `Answer ${answer.status}`);
    return document_;
  };

  // Phones -----------------------------------------------------------------
  const entries = new Map(); // kept from one showing to the next: a press must outlive news
  const entryOf = (number) => {
    if (!entries.has(number)) {
      const item = make("li");
      const button = make("button");
      button.type = "button";
      button.dataset.number = number;
      button.addEventListener("click", () => toggle(number));
      item.append(button);
      entries.set(number, { item, button, shown: "" });
    }
    return entries.get(number);
  };

  const showEntry = (phone) => {
    const { item, button, shown } = entryOf(phone.number);
    button.setAttribute("aria-pressed", String(open.includes(phone.number)));
    const key = JSON.stringify([phone.label, phone.at, phone.last, phone.last_is_ours]);
    if (key === shown) return item;
    const who = make("span", "who", phone.label || pretty(phone.number));
    who.append(make("span", "when", phone.at ? local.format(new Date(phone.at)) : ""));
    const last = phone.last || (phone.at ? "(picture)" : "no texts yet");
    button.replaceChildren(who, make("div", "last", (phone.last_is_ours && phone.at ? "You: " : "") + last));
    entries.get(phone.number).shown = key;
    return item;
  };

  const showList = (phones) => {
    const list = byId("phone-list");
    const there = new Set(phones.map((phone) => phone.number));
    for (const [number, entry] of entries) {
      if (!there.has(number)) { entry.item.remove(); entries.delete(number); }
    }
    let before = list.firstElementChild;
    for (const phone of phones) {
      const item = showEntry(phone);
      if (item === before) before = before.nextElementSibling;
      else list.insertBefore(item, before);
    }
  };

  const toggle = (number) => {
    chosen = true;
    if (narrow.matches) {
      if (!open.includes(number)) open = [number, ...open].slice(0, 6);
      refresh(true).then(() => cards.get(number)?.root.scrollIntoView({ inline: "center", block: "nearest" }));
      return;
    }
    open = open.includes(number) ? open.filter((item) => item !== number) : [number, ...open].slice(0, 6);
    refresh(true);
  };

  const buildCard = (number) => {
    const root = byId("phone-template").content.firstElementChild.cloneNode(true);
    const find = (selector) => root.querySelector(selector);
    const card = {
      root, texts: find(".texts"), line: find(".line"), error: find(".error"), outcome: find(".outcome"),
      body: find("textarea"), picture: find(".picture input"), shown: "", lineShown: "", number,
      lineChosen: false, // whether a person chose the number to text
    };
    root.setAttribute("aria-label", `Phone ${number}`);
    find(".number").textContent = pretty(number);
    find(".close").addEventListener("click", () => {
      chosen = true;
      open = open.filter((item) => item !== number);
      refresh(true);
    });
    card.outcome.append(...Object.entries(OUTCOMES).map(([value, text]) => new Option(text, value)));
    card.outcome.addEventListener("change", () => attempt(card, async () => {
      await call("POST", "/control/phones", { number, outcome: card.outcome.value, error_code: null });
    }));
    card.line.addEventListener("change", () => { card.lineChosen = true; });
    find(".quick").append(...QUICK.map((text) => {
      const button = make("button", "", text);
      button.type = "button";
      button.addEventListener("click", () => write(card, text));
      return button;
    }));
    find(".composer").addEventListener("submit", (event) => {
      event.preventDefault();
      write(card, card.body.value, true);
    });
    card.body.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        write(card, card.body.value, true);
      }
    });
    return card;
  };

  const attempt = async (card, action) => {
    card.error.textContent = "";
    try {
      await action();
      await refresh(true);
      return true;
    } catch (error) {
      // A TypeError is what the browser says of a call that never arrived.
      card.error.textContent = error instanceof TypeError
        ? "The simulator does not answer; this was not sent. Try again." : error.message;
      return false;
    }
  };

  const write = async (card, body, typed) => {
    const media = card.picture.checked ? 1 : 0;
    if (!body.trim() && !media) return;
    const to = card.line.value;
    if (!to && !card.line.disabled) {
      card.error.textContent = "Choose above which number to text; then press Send.";
      return;
    }
    // Taken out at once, put back when it failed: what is typed meanwhile is the next text.
    card.picture.checked = false;
    if (typed) card.body.value = "";
    let stored = false;
    await attempt(card, async () => {
      await call("POST", "/control/texts", { from: card.number, to, body, media });
      stored = true;
    });
    if (!stored) {
      card.picture.checked = media > 0;
      if (typed) card.body.value = [body, card.body.value].filter(Boolean).join(" ");
      return;
    }
    card.texts.scrollTop = card.texts.scrollHeight;
  };

  const STATES = {
    accepted: "accepted", queued: "queued", scheduled: "scheduled", sending: "sending", sent: "sent",
    delivered: "delivered", undelivered: "not delivered", failed: "failed", canceled: "cancelled",
  };

  const postedWords = (text) => {
    if (text.taken === null) return "sent";
    return text.taken ? "sent · received" : `not received: ${text.said}`;
  };

  const showText = (text, card) => {
    const item = make("li", "text");
    if (!text.incoming) item.classList.add("mine");
    if (text.canned) item.classList.add("canned");
    if (text.incoming && !text.reached) item.classList.add("unseen");
    const parts = [text.body];
    if (text.media) parts.push(text.media === 1 ? "[picture]" : `[${text.media} pictures]`);
    item.append(make("div", "bubble", parts.filter(Boolean).join("\n") || "(empty)"));
    const under = make("span", "under", `${local.format(new Date(text.at))} · `);
    const bad = text.status === "failed" || text.status === "undelivered";
    const words = text.incoming
      ? (STATES[text.status] || text.status) + (text.error_code ? ` ${text.error_code}` : "")
      : postedWords(text);
    const lost = !text.incoming && text.taken === false;
    under.append(make("span", bad || lost ? "failed" : text.status === "delivered" ? "delivered" : "", words));
    if (lost) under.append(" ", againButton(text, card));
    if (text.canned) under.append(" · written by the carrier");
    item.append(under);
    return item;
  };

  const againButton = (text, card) => {
    const button = make("button", "again", "Post it again");
    button.type = "button";
    button.addEventListener("click", () => attempt(card, () => call("POST", "/control/replays", { sid: text.sid })));
    return button;
  };

  // The phone's own number comes first: the last that wrote to it, else the one it was told. One that has
  // neither must choose among several; the first of the alphabet would be another clinic's.
  const fillLines = (card, phone) => {
    const used = [...new Set(phone.texts.map((text) => text.line).filter(Boolean))].reverse();
    const wanted = [phone.own_line, ...used, ...phone.lines].filter((line) => phone.lines.includes(line));
    const lines = [...new Set(wanted)];
    const known = Boolean(phone.own_line) || used.length > 0 || lines.length === 1;
    const key = JSON.stringify([lines, phone.blocked, known]);
    if (key === card.lineShown) return;
    const kept = card.lineChosen && lines.includes(card.line.value) ? card.line.value : "";
    card.lineShown = key;
    card.line.replaceChildren(...(known ? [] : [new Option("Which number?", "")]), ...lines.map((line) =>
      new Option(`${phone.blocked.includes(line) ? "stopped · " : "to "}${pretty(line)}`, line)));
    if (kept) card.line.value = kept;
    card.line.disabled = lines.length === 0;
  };

  const showCard = (card, phone) => {
    const summary = known.find((item) => item.number === phone.number);
    card.outcome.value = summary ? summary.outcome : "delivered";
    card.outcome.classList.toggle("odd", card.outcome.value !== "delivered");
    const stopped = phone.blocked.length ? `stopped texts from ${phone.blocked.map(pretty).join(", ")}` : "";
    const note = card.root.querySelector(".with");
    note.textContent = stopped || (summary && summary.label) || "This phone";
    note.classList.toggle("stopped", Boolean(stopped));
    fillLines(card, phone);
    const key = JSON.stringify(phone.texts);
    if (key === card.shown) return;
    const atEnd = card.texts.scrollHeight - card.texts.scrollTop - card.texts.clientHeight < 60;
    const several = new Set(phone.texts.map((text) => text.line)).size > 1;
    const items = [];
    let lastDay = "", lastLine = "";
    for (const text of phone.texts) {
      const date = day.format(new Date(text.at));
      if (date !== lastDay) items.push(make("li", "day", date));
      if (several && text.incoming && text.line !== lastLine) items.push(make("li", "line-name", `from ${pretty(text.line)}`));
      [lastDay, lastLine] = [date, text.line];
      items.push(showText(text, card));
    }
    if (!items.length) items.push(make("li", "empty", "No texts yet. Write one, or wait for the clinic to text."));
    card.texts.replaceChildren(...items);
    if (atEnd || !card.shown) card.texts.scrollTop = card.texts.scrollHeight;
    card.shown = key;
  };

  const showCards = (phones) => {
    const desk = byId("phones");
    for (const [number, card] of cards) {
      if (!open.includes(number)) { card.root.remove(); cards.delete(number); }
    }
    desk.querySelector(".empty-desk")?.remove();
    phones.forEach((phone, index) => {
      if (!cards.has(phone.number)) cards.set(phone.number, buildCard(phone.number));
      const card = cards.get(phone.number);
      if (desk.children[index] !== card.root) desk.insertBefore(card.root, desk.children[index] || null);
      showCard(card, phone);
    });
    if (!phones.length) {
      desk.append(make("p", "empty-desk", known.length
        ? "No phone is open. Choose one from the list."
        : "No phone yet. Phones appear when the clinic texts them; or add a number."));
    }
  };

  // Faults -----------------------------------------------------------------
  let kinds = {};
  const showFaults = (active) => {
    const on = new Map(active.map((fault) => [fault.kind, fault]));
    const button = byId("toggle-faults");
    button.textContent = on.size ? `Faults: ${[...on.keys()].join(", ").replaceAll("_", " ")}` : "Faults: none";
    button.classList.toggle("on", on.size > 0);
    for (const item of byId("fault-list").children) {
      const fault = on.get(item.dataset.kind);
      item.querySelector("input").checked = Boolean(fault);
      item.querySelector(".left").textContent = fault && fault.count !== null ? ` ${fault.count} left` : "";
    }
  };

  const buildFaults = async () => {
    kinds = (await call("GET", "/control/faults")).kinds;
    byId("fault-list").replaceChildren(...Object.entries(kinds).map(([kind, about]) => {
      const item = make("li");
      item.dataset.kind = kind;
      const label = make("label");
      const box = make("input");
      box.type = "checkbox";
      const name = make("strong", "", kind.replaceAll("_", " "));
      name.append(make("span", "left muted"));
      const words = make("span");
      words.append(name, make("span", "muted", about.does + (about.seconds ? ` (${about.seconds} s)` : "")));
      label.append(box, words);
      const count = make("select");
      count.setAttribute("aria-label", `How often: ${kind}`);
      count.append(...COUNTS.map(([value, text]) => new Option(text, value)));
      count.value = FAULTS_FOR_MANY.has(kind) ? "" : "1";
      const set = async () => {
        const times = count.value ? Number(count.value) : null;
        await call("POST", "/control/faults", { kind, rate: box.checked ? 1 : 0, count: times });
        await refresh(true);
      };
      box.addEventListener("change", set);
      count.addEventListener("change", () => { if (box.checked) set(); });
      item.append(label, count);
      return item;
    }));
  };

  byId("toggle-faults").addEventListener("click", () => {
    const panel = byId("faults");
    panel.hidden = !panel.hidden;
    byId("toggle-faults").setAttribute("aria-expanded", String(!panel.hidden));
  });
  byId("clear-faults").addEventListener("click", async () => {
    await call("DELETE", "/control/faults");
    await refresh(true);
  });
  byId("add-phone").addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = byId("new-number");
    const number = field.value.trim();
    await call("POST", "/control/phones", { number });
    field.value = "";
    toggle(number);
  });

  // Polling ----------------------------------------------------------------
  const refresh = async (always) => {
    const asked = open.join(",");
    const query = new URLSearchParams({ open: asked, since: always ? "" : String(revision) });
    const found = await call("GET", `/control/phones?${query}`);
    if (found.phones && asked === open.join(",")) {
      revision = found.revision;
      known = found.phones;
      if (!chosen) {
        const wanted = known.slice(0, narrow.matches ? 3 : Math.max(1, Math.floor((window.innerWidth - 284) / 312)));
        const numbers = wanted.map((phone) => phone.number);
        const fresh = numbers.filter((number) => !open.includes(number));
        if (fresh.length && open.length < numbers.length) {
          open = [...open, ...fresh].slice(0, numbers.length);
          return refresh(true);
        }
      }
      showList(known);
      showCards(found.open);
      showFaults(found.faults);
    }
    byId("state").textContent = "";
    byId("state").classList.remove("lost");
    return undefined;
  };

  const poll = async () => {
    try {
      await refresh(false);
    } catch {
      byId("state").textContent = "The simulator does not answer. Trying again.";
      byId("state").classList.add("lost");
    }
    window.setTimeout(poll, document.hidden ? 4 * POLL_MS : POLL_MS);
  };
  buildFaults().catch(() => {});
  poll();
})();
