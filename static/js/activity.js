// Tells the server that this record is open: opened, in sight, something done, left. The server keeps the time;
// this page never says how long. It rests while nobody looks or does anything for two minutes.
(() => {
  "use strict";
  const box = document.getElementById("here");
  if (!box) return;
  const EVERY_MS = 30 * 1000;
  const IDLE_MS = 2 * 60 * 1000;
  let lastInput = Date.now();
  let hasActed = false;

  const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
  const fields = (kind) => {
    const form = new FormData();
    form.append("csrfmiddlewaretoken", token());
    form.append("kind", kind);
    return form;
  };
  const show = (html) => {
    if (box.innerHTML === html || box.contains(document.activeElement)) return;
    box.innerHTML = html;
    window.htmx.process(box);
  };
  const beat = (kind) => {
    // Being in sight is nobody's presence: only what somebody does keeps the sign-in alive.
    const headers = kind === "seen" ? { "Daybook-Live": "1" } : {};
    fetch(box.dataset.beat, { method: "POST", body: fields(kind), headers, redirect: "manual" })
      .then((answer) => (answer.status === 200 ? answer.text().then(show) : null))
      .catch(() => null); // The line is gone: what is not seen does not count.
  };
  const leave = () => navigator.sendBeacon(box.dataset.beat, fields("left"));

  ["pointerdown", "keydown", "wheel", "touchmove"].forEach((name) => {
    document.addEventListener(name, () => { lastInput = Date.now(); hasActed = true; }, { passive: true, capture: true });
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : beat("opened")));
  window.addEventListener("pagehide", leave);
  document.addEventListener("daybook:refresh", () => setTimeout(() => beat("acted"), 0));
  setInterval(() => {
    if (document.hidden || Date.now() - lastInput > IDLE_MS) return;
    beat(hasActed ? "acted" : "seen");
    hasActed = false;
  }, EVERY_MS);
  if (!document.hidden) beat("opened");
})();
