// A reusable reason that is chosen is written into the field of the reason, where it may be changed.
// Without a script it is taken when nothing else is written.
"use strict";

const form = document.querySelector("#desk-decide form");
const ready = form && form.elements.ready;

if (ready) {
  const { reason } = form.elements;
  let filled = "";

  const entries = [...ready.querySelectorAll("[data-text]")];
  const decided = () => form.querySelector("[name=decision]:checked");

  // What the person wrote is never overwritten.
  const fill = () => {
    if (reason.value.trim() && reason.value !== filled) return;
    filled = ready.selectedOptions[0].dataset.text || "";
    reason.value = filled;
    reason.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // Only the reasons that go with the decision are offered.
  const offer = () => {
    const decision = decided();
    for (const entry of entries) {
      entry.disabled = Boolean(decision) && entry.dataset.decision !== decision.value;
      entry.hidden = entry.disabled;
      entry.parentElement.hidden = entry.disabled;
    }
    if (!ready.selectedOptions[0].disabled) return;
    ready.value = "";
    fill();
  };

  ready.addEventListener("change", fill);
  form.addEventListener("change", (event) => event.target.name === "decision" && offer());
  offer();
}
