// The guided tour: a card beside parts of real pages, across pages, by mouse and keyboard. Where it stands is kept
// for this tab; that it was offered or finished, for this person in this browser.
(() => {
  "use strict";
  const root = document.getElementById("tour");
  if (!root) return;
  const KEY = "tour";
  const memory = `tour:${root.dataset.person}`;
  const narrow = window.matchMedia("(max-width: 760px)");
  const one = (selector, within = document) => within.querySelector(selector);

  const load = () => JSON.parse(sessionStorage.getItem(KEY) || "null");
  const store = (state) => sessionStorage.setItem(KEY, JSON.stringify(state));
  let state = load();
  let card = null;
  let target = null;
  let before = null;

  // ---- From step to step ----
  const start = async () => {
    const answer = await fetch(root.dataset.steps, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    state = { ...(await answer.json()), at: 0, person: root.dataset.person };
    open(0);
  };
  // The page of a step that follows a link is known once the link is there to see.
  const addressOf = (place) => {
    const step = state.steps[place];
    if (!step.address) {
      const earlier = state.steps[place - 1];
      const link = one("main [data-open]");
      if (earlier && !earlier.follows && link) {
        step.address = new URL(link.href).pathname;
        step.follows = true;
      } else if (earlier?.follows) {
        step.address = earlier.address;
        step.follows = true;
      }
    }
    return step.address;
  };
  const open = (place, by = 1) => {
    if (place >= state.steps.length) return finish();
    if (place < 0) return undefined;
    const address = addressOf(place);
    // Nobody's page to show, as in a practice without patients: the tour goes on with the next stop.
    if (!address) return open(place + by, by);
    state.at = place;
    store(state);
    if (new URL(address, window.location.href).pathname === window.location.pathname) return show();
    window.location.assign(address);
    return undefined;
  };
  const finish = () => {
    localStorage.setItem(memory, "finished");
    close();
  };
  const close = () => {
    sessionStorage.removeItem(KEY);
    state = null;
    unmark();
    card?.remove();
    card = null;
    const back = before?.isConnected ? before : document.getElementById("main");
    back?.focus({ preventScroll: true });
  };

  // ---- The card ----
  const make = (tag, className, text = "") => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  };
  const button = (className, text, act) => {
    const made = make("button", className, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const build = (step) => {
    const made = make("div", "tour-card");
    made.setAttribute("role", "dialog");
    made.setAttribute("aria-labelledby", "tour-heading");
    made.setAttribute("aria-describedby", "tour-words tour-progress");
    const heading = make("h2", "", step.heading);
    heading.id = "tour-heading";
    heading.tabIndex = -1;
    const words = make("p", "", step.words);
    words.id = "tour-words";
    const progress = make("p", "tour-progress", `${state.at + 1} of ${state.steps.length}`);
    progress.id = "tour-progress";
    const leave = button("tour-close", "×", close);
    leave.setAttribute("aria-label", "Leave the tour");
    const foot = make("div", "tour-foot");
    foot.append(progress);
    if (state.at > 0) foot.append(button("btn btn-quiet btn-sm", "Back", () => open(state.at - 1, -1)));
    const isLast = state.at === state.steps.length - 1;
    foot.append(button("btn btn-primary btn-sm", isLast ? "Done" : "Next", () => open(state.at + 1)));
    made.append(heading, words, foot, leave);
    return made;
  };
  const unmark = () => {
    document.querySelectorAll(".tour-target").forEach((each) => each.classList.remove("tour-target"));
    target = null;
  };
  const isSeen = (element) => element.getClientRects().length > 0;
  const mark = () => {
    const name = state.steps[state.at].target;
    target = [...document.querySelectorAll(`[data-tour~="${CSS.escape(name)}"]`)].find(isSeen) || null;
    target?.classList.add("tour-target");
  };
  const show = () => {
    if (!before && document.activeElement !== document.body) before = document.activeElement;
    unmark();
    card?.remove();
    card = build(state.steps[state.at]);
    document.body.append(card);
    mark();
    target?.scrollIntoView({ block: narrow.matches ? "start" : "center" });
    place();
    one("#tour-heading").focus({ preventScroll: true });
  };
  // Below the target where there is room, else above it, else in the corner; on a phone the style sheet's place.
  const place = () => {
    if (!card) return;
    card.classList.toggle("is-centred", !target);
    card.style.top = card.style.left = card.style.right = card.style.bottom = "";
    if (!target || narrow.matches) return;
    const gap = 14;
    const box = target.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    const left = Math.min(Math.max(box.left, gap), window.innerWidth - width - gap);
    if (box.bottom + gap + height < window.innerHeight) card.style.top = `${Math.max(box.bottom + gap, gap)}px`;
    else if (box.top - gap - height > 0) card.style.top = `${box.top - gap - height}px`;
    else {
      card.style.bottom = card.style.right = `${gap}px`;
      return;
    }
    card.style.left = `${left}px`;
  };
  window.addEventListener("resize", place);
  window.addEventListener("scroll", place, { passive: true });
  // A live part of the page was drawn anew: its new self is marked, and the card moves with what moved.
  document.addEventListener("htmx:afterSettle", () => {
    if (!card) return;
    if (!target?.isConnected) {
      unmark();
      mark();
    }
    place();
  });

  // ---- Keys ----
  const isTyping = (element) => element.matches?.("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (!card || event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (!isTyping(event.target) && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      event.preventDefault();
      const by = event.key === "ArrowRight" ? 1 : -1;
      open(state.at + by, by);
    }
  }, true);

  // ---- Beginning: from the menu, from the tour's page, or offered once in a demonstration ----
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-tour-later]")) one("#tour-offer")?.remove();
    const asked = event.target.closest("[data-tour-start]");
    if (!asked || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    one("#tour-offer")?.remove();
    const menu = asked.closest("details");
    if (menu) menu.open = false;
    before = menu ? one("summary", menu) : null;
    start();
  });
  const offer = one("#tour-offer");
  if (state && state.person === root.dataset.person) {
    const address = state.steps[state.at].address;
    // Whoever leaves for another page has left the tour.
    if (address && new URL(address, window.location.href).pathname === window.location.pathname) show();
    else sessionStorage.removeItem(KEY);
  } else if (offer && !localStorage.getItem(memory)) {
    localStorage.setItem(memory, "offered");
    offer.hidden = false;
  }
})();
