// Everything Daybook does in the browser besides htmx: keyboard, side panel, kept focus and typing,
// no double sending, a word when the line is gone. Works without it too, only less comfortably.
(() => {
  "use strict";
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const drawer = one("#drawer");
  const LIVE_IDLE_MS = 60 * 60 * 1000; // as long as a session without a request lives
  let lastInput = Date.now();
  let opener = null;
  let panel = ""; // the address that filled the side panel

  // ---- Rows and keyboard ----
  const rows = () => all("[data-row]");
  const currentRow = () => document.activeElement?.closest?.("[data-row]") || one("[data-row].is-current");
  const goTo = (row) => {
    if (!row) return;
    rows().forEach((each) => each.classList.toggle("is-current", each === row));
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const list = rows();
    const at = list.indexOf(currentRow());
    goTo(list[Math.min(Math.max(at + by, 0), list.length - 1)]);
  };
  const press = (name) => {
    const target = one(`[data-key="${name}"]`, currentRow() || document);
    if (target) target.click();
  };
  const isTyping = (element) => element.matches?.("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    lastInput = Date.now();
    if (event.key === "Escape") return closeTopmost();
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || one("dialog[open]")) return;
    const acts = {
      j: () => step(1),
      k: () => step(-1),
      a: () => press("acknowledge"),
      c: () => press("call"),
      t: () => press("text"),
      s: () => press("snooze"),
      u: () => one("#toasts [data-undo]")?.click(),
      w: () => press("why"),
      "/": () => one("#search")?.focus(),
      "?": () => one("#keys")?.showModal(),
    };
    if (event.key === "Enter" && event.target.matches?.("[data-row]")) {
      one("[data-open]", event.target)?.click();
    } else if (acts[event.key]) {
      event.preventDefault();
      acts[event.key]();
    }
  });
  document.addEventListener("pointerdown", () => { lastInput = Date.now(); });

  // ---- Side panel ----
  const closeDrawer = () => {
    if (!drawer || !drawer.hasChildNodes()) return false;
    drawer.replaceChildren();
    const back = (opener && document.getElementById(opener)) || currentRow();
    back?.focus({ preventScroll: true });
    return true;
  };
  const closeTopmost = () => {
    const open = all("details[data-menu][open], details.how[open]");
    if (open.length) return open.forEach((each) => { each.open = false; });
    return closeDrawer();
  };
  document.addEventListener("click", (event) => {
    all("details[data-menu][open], details.how[open]").forEach((each) => {
      if (!each.contains(event.target)) each.open = false;
    });
    if (event.target.closest("[data-close-drawer]")) closeDrawer();
    if (event.target.closest("[data-show-keys]")) one("#keys")?.showModal();
    if (event.target.closest("[data-theme-toggle]")) toggleTheme();
    if (event.target.closest("[data-print]")) window.print();
    const copies = event.target.closest("[data-copies]");
    if (copies) copyFrom(document.getElementById(copies.dataset.copies));
    const row = event.target.closest("[data-row]");
    if (row) rows().forEach((each) => each.classList.toggle("is-current", each === row));
    // Dialing starts the clock of the call: the panel comes back with the start that the server saw.
    const dials = event.target.closest("[data-starts-call]");
    if (dials) window.htmx.ajax("GET", dials.dataset.startsCall, { source: document.body, target: drawer, swap: "innerHTML" });
    const toDrawer = event.target.closest('[hx-target="#drawer"]');
    if (toDrawer?.hasAttribute("hx-get")) {
      if (!drawer.contains(toDrawer)) opener = toDrawer.id;
      panel = toDrawer.getAttribute("hx-get");
    }
  });

  // ---- Copying an address: selected first, so that it can be copied by hand where the browser refuses ----
  const copyFrom = (field) => {
    field.select();
    const byHand = () => say("Not copied: press Ctrl+C, or hold the marked address and choose Copy.");
    if (!navigator.clipboard) return byHand();
    navigator.clipboard.writeText(field.value).then(() => say("The link is copied."), byHand);
  };

  // ---- Light and dark: a cookie, so that the server draws the right one at once ----
  const toggleTheme = () => {
    const dark = document.documentElement.dataset.theme
      ? document.documentElement.dataset.theme === "dark"
      : window.matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    document.cookie = `theme=${dark ? "light" : "dark"};path=/;max-age=31536000;samesite=lax`;
  };

  // ---- Clock in the practice's zone ----
  const tick = () => all("[data-clock]").forEach((clock) => {
    const now = new Date();
    const zone = { timeZone: clock.dataset.zone };
    const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", ...zone }).format(now).replace(",", "");
    const time = new Intl.DateTimeFormat("en-GB", { hour: "numeric", minute: "2-digit", ...zone }).format(now).replace(/^0/, "");
    clock.textContent = `${day}, ${time}`;
  });
  if (!one("[data-clock][data-fixed]")) setInterval(tick, 20000);

  // ---- Sending once ----
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    if (form.dataset.sent) { event.preventDefault(); event.stopPropagation(); return; }
    keep(form);
    if (!form.hasAttribute("hx-post")) {
      form.dataset.sent = "1";
      all("button[type=submit]", form).forEach((button) => button.setAttribute("aria-busy", "true"));
    }
  }, true);
  window.addEventListener("pageshow", () => {
    all("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      all("[aria-busy]", form).forEach((button) => button.removeAttribute("aria-busy"));
    });
  });

  // ---- What was typed survives an ended session: kept for this tab until the form went through ----
  const drawerOf = (form) => `daybook:${form.dataset.keep}`;
  const keep = (form) => {
    if (!form.dataset.keep) return;
    const typed = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    const kept = { page: window.location.pathname, panel: drawer?.contains(form) ? panel : "", typed };
    sessionStorage.setItem(drawerOf(form), JSON.stringify(kept));
  };
  const isTyped = (form) => [...form.elements].some((field) => field.defaultValue !== undefined && field.type !== "hidden"
    && (field.value !== field.defaultValue || field.checked !== field.defaultChecked));
  const keepTyped = () => all("form[data-keep]").filter(isTyped).forEach(keep);
  const fill = (form, typed) => typed.forEach(([name, value]) => {
    const field = form.elements.namedItem(name);
    if (field?.type === "checkbox") field.checked = true;
    else if (field) field.value = value;
  });
  const restore = (within) => all("form[data-keep]", within).forEach((form) => {
    const kept = sessionStorage.getItem(drawerOf(form));
    if (!kept) return;
    sessionStorage.removeItem(drawerOf(form));
    if (form.dataset.bound) return;
    fill(form, JSON.parse(kept).typed);
    say("What you had typed is here again; nothing was sent.");
  });
  // What belongs to the side panel comes back when the panel is open again; the rest has had its turn.
  const forget = () => {
    if (document.body.dataset.entrance !== undefined) return;
    let reopened = "";
    Object.keys(sessionStorage).filter((key) => key.startsWith("daybook:")).forEach((key) => {
      const kept = JSON.parse(sessionStorage.getItem(key));
      if (!reopened && kept.panel && kept.page === window.location.pathname) reopened = kept.panel;
      else sessionStorage.removeItem(key);
    });
    if (!reopened) return;
    panel = reopened;
    window.htmx.ajax("GET", reopened, { source: document.body, target: drawer, swap: "innerHTML" });
  };

  // ---- Short lines, with Undo where there is one; they stay while somebody is at them ----
  const SHORT_MS = 6000;
  const UNDO_MS = 15000;
  const say = (text, { undo = "", stays = false } = {}) => {
    const area = one("#toasts");
    if (!area || !text) return;
    const line = document.createElement("div");
    line.className = "toast-line";
    const words = document.createElement("span");
    words.textContent = text;
    line.append(words);
    if (undo) line.append(undoButton(undo));
    if (stays) line.append(toastButton("Close", () => line.remove()));
    area.replaceChildren(line);
    if (stays) return;
    let leaving;
    const stay = () => clearTimeout(leaving);
    const leave = () => { stay(); leaving = setTimeout(() => line.remove(), undo ? UNDO_MS : SHORT_MS); };
    ["pointerenter", "focusin"].forEach((name) => line.addEventListener(name, stay));
    ["pointerleave", "focusout"].forEach((name) => line.addEventListener(name, leave));
    leave();
  };
  const toastButton = (label, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", act);
    return button;
  };
  const undoButton = (address) => {
    const button = toastButton("Undo", () => {
      if (button.getAttribute("aria-busy")) return;
      button.setAttribute("aria-busy", "true");
      const free = () => button.removeAttribute("aria-busy");
      // From the body, which is still there when the answer's events arrive.
      window.htmx.ajax("POST", address, { source: document.body, swap: "none" }).then(free, free);
    });
    button.dataset.undo = "";
    button.title = "Undo (u)";
    return button;
  };
  document.addEventListener("daybook:say", (event) => say(event.detail.value, { undo: event.detail.undo }));
  document.addEventListener("daybook:close-drawer", () => closeDrawer());

  // ---- htmx: live parts rest while nobody looks, focus stays, the line may be gone ----
  const lost = (gone) => { const line = one("#lost-line"); if (line) line.hidden = !gone; };
  window.addEventListener("offline", () => lost(true));
  window.addEventListener("online", () => lost(false));
  const named = (element) => {
    const button = element.matches("form") ? one("button:not([type=button])", element) : element;
    const row = element.closest("[data-row]");
    const who = row && one(".who a", row)?.textContent.trim();
    return `“${(button?.textContent || "").trim() || "This"}”${who ? ` for ${who}` : ""}`;
  };
  // A block of fields, or a text being written, posts what it holds to see how it would look: nothing of it is saved.
  const onlyLooks = (element) => Boolean(element?.matches("div, textarea"));
  const brokeOff = (event, how) => {
    lost(true);
    const { verb, elt } = event.detail.requestConfig || {};
    if (!verb || verb === "get" || onlyLooks(elt)) return;
    say(`${named(elt)} ${how}`, { stays: true });
  };
  document.addEventListener("htmx:sendError", (event) => brokeOff(event, "was not saved: the line to Daybook is gone. Try again when it is back."));
  document.addEventListener("htmx:timeout", (event) => brokeOff(event, "may not be saved: Daybook did not answer in time. Try again; twice does no harm."));
  document.addEventListener("htmx:afterOnLoad", () => lost(false));
  document.addEventListener("htmx:beforeRequest", (event) => {
    const isLive = event.target.matches("[data-live]") && event.detail.requestConfig.verb === "get";
    // What somebody has just done is shown at once; what came by itself waits until they have read.
    const isAsked = event.detail.requestConfig.triggeringEvent?.type === "daybook:refresh";
    const isOpen = isLive && !isAsked && one("details[open]", event.target);
    if (isLive && (document.hidden || isOpen || Date.now() - lastInput > LIVE_IDLE_MS)) event.preventDefault();
  });
  // A page that looks by itself is not somebody at work: the server need not keep the session alive for it.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.target.matches("[data-live]")) event.detail.headers["Daybook-Live"] = "1";
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { verb, elt } = event.detail.requestConfig;
    if (event.detail.xhr.status === 401 || (verb !== "get" && onlyLooks(elt))) return;
    const sentences = { 403: "Your role does not include this.", 404: "That is no longer here: load the page again." };
    say(sentences[event.detail.xhr.status] || "That did not work, and nothing was changed. Try again in a moment.");
  });
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { xhr, requestConfig } = event.detail;
    // A text being written is only weighed: nobody is led away in the middle of a word. Sending it will say so.
    if (requestConfig.elt?.matches("textarea") && (xhr.status === 401 || xhr.getResponseHeader("HX-Refresh"))) {
      event.preventDefault();
      return;
    }
    if (xhr.status < 300 && requestConfig.elt?.dataset.keep) sessionStorage.removeItem(drawerOf(requestConfig.elt));
    if (xhr.getResponseHeader("HX-Refresh")) {
      // Signed in again in another tab: this page is loaded anew, and says so.
      keepTyped();
      sessionStorage.setItem("said", "This page was older than your sign-in, so nothing was saved. Do it once more.");
    }
    if (xhr.status !== 401) return;
    // The session has ended: sign in again and come back to this page, not to the piece that was asked for.
    event.preventDefault();
    keepTyped();
    const [signIn] = (xhr.getResponseHeader("HX-Redirect") || "/").split("?");
    window.location.assign(`${signIn}?next=${encodeURIComponent(window.location.pathname + window.location.search)}`);
  });
  // The first answer that was not taken: whoever is refused goes on there.
  const refused = (within) => one("form[data-bound] .has-error :is(input, select, textarea):not([type=hidden])", within);
  let focusBefore = null;
  document.addEventListener("htmx:beforeSwap", () => {
    const row = currentRow();
    focusBefore = row && {
      row: row.id,
      place: rows().indexOf(row),
      within: row.contains(document.activeElement) && document.activeElement.id,
      hadFocus: row.contains(document.activeElement),
    };
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target === drawer || event.target.closest?.("#drawer")) {
      restore(drawer);
      if (event.target === drawer) (refused(drawer) || one("[autofocus]", drawer) || one("#drawer-title", drawer))?.focus({ preventScroll: true });
      const talk = one("[data-scroll-end]", drawer);
      if (talk && event.target === drawer) drawer.scrollTop = drawer.scrollHeight;
      return;
    }
    if (!focusBefore) return;
    // A row that has left the list hands over to the one that took its place.
    const list = rows();
    const row = document.getElementById(focusBefore.row) || list[Math.min(focusBefore.place, list.length - 1)];
    if (!row) return;
    row.classList.add("is-current");
    if (!focusBefore.hadFocus || row.contains(document.activeElement)) return;
    const before = focusBefore.within && document.getElementById(focusBefore.within);
    (before || row).focus({ preventScroll: true });
  });

  // ---- Cells learn the name of their column: on a phone a table reads as a list of entries ----
  const labelTables = () => all(".table-wrap > .grid:not(.is-labelled)").forEach((table) => {
    if (table.closest("[data-keep-columns]") || one("[colspan], [rowspan], [data-label], tbody th, tfoot", table)) return;
    const names = all("thead th", table).map((head) => head.innerText.trim());
    if (!names.length) return;
    all("tbody tr", table).forEach((row) => [...row.cells].forEach((cell, place) => { cell.dataset.label = names[place] || ""; }));
    // As blocks they would no longer be a table to a screen reader.
    [[table, "table"], ...all("tbody", table).map((each) => [each, "rowgroup"])].forEach(([each, role]) => each.setAttribute("role", role));
    all("tr", table).forEach((row) => row.setAttribute("role", "row"));
    all("th", table).forEach((cell) => cell.setAttribute("role", "columnheader"));
    all("td", table).forEach((cell) => cell.setAttribute("role", "cell"));
    table.classList.add("is-labelled");
  });
  labelTables();
  document.addEventListener("htmx:afterSettle", labelTables);

  // ---- The conversation opens at its end, and stays there while one reads the end ----
  const sticky = () => all("[data-stick]");
  const atEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 60;
  const toEnd = (box) => { box.scrollTop = box.scrollHeight; };
  sticky().forEach(toEnd);
  let stickTo = [];
  document.addEventListener("htmx:beforeSwap", () => { stickTo = sticky().filter(atEnd); });
  document.addEventListener("htmx:afterSettle", () => stickTo.forEach(toEnd));

  document.addEventListener("input", () => { lastInput = Date.now(); });

  restore(document);
  forget();
  refused(document)?.focus();
  say(sessionStorage.getItem("said"), { stays: true });
  sessionStorage.removeItem("said");
})();
