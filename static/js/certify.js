// Certifying many at once: one button for those that are ready, and how many are chosen. Works without it too.
(() => {
  "use strict";
  const form = document.getElementById("certify");
  if (!form) return;
  const boxes = (group) => [...form.querySelectorAll(`input[name=episode]${group ? `[data-group="${group}"]` : ""}`)];
  const count = form.querySelector("[data-chosen]");
  const show = () => {
    const chosen = boxes("").filter((each) => each.checked).length;
    if (count) count.textContent = chosen ? `(${chosen})` : "";
  };
  for (const button of form.querySelectorAll("[data-choose]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const wanted = boxes(button.dataset.choose);
      const all = wanted.every((each) => each.checked);
      for (const each of wanted) each.checked = !all;
      show();
    });
  }
  form.addEventListener("change", show);
  show();
})();
