// The desk by keyboard, and what a decision will look like while it is typed. Everything works without.
// No letters: an Arabic keyboard has others. Digits, arrows with Alt, Enter with Ctrl, Escape, F1.
"use strict";

const desk = document.querySelector("[data-desk]");
const main = desk.querySelector("[data-desk-main]");
const keys = desk.querySelector("[data-desk-keys]");
const isRtl = document.documentElement.dir === "rtl";
document.documentElement.classList.add("has-keys");
keys.hidden = false;
if (isRtl) {
  keys.querySelector("[data-key-next]").textContent = "←";
  keys.querySelector("[data-key-previous]").textContent = "→";
}

const isWritten = (element) => element.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=hidden])");
// Where the writing begins once something was chosen.
const firstField = (place) =>
  ["select[name=project]", "[name=category]", "[name=reason]", "textarea"]
    .map((selector) => place.querySelector(selector))
    .find((field) => field && !field.disabled && !(field.matches("select") && field.value));

// --- What a digit chooses: the answers of the main form, else its button and the way beside it ------

const radios = main ? [...main.querySelectorAll("[type=radio]")].slice(0, 9) : [];
const digits = radios.length
  ? radios
  : [main && main.querySelector("[type=submit]"), desk.querySelector("[data-desk-digit]")].filter(Boolean);
digits.forEach((target, place) => {
  const sign = document.createElement("kbd");
  sign.textContent = place + 1;
  sign.setAttribute("aria-hidden", "true");
  (target.closest("label") || target).append(sign);
});

function choose(target) {
  if (target.matches("[type=radio]")) {
    target.checked = true;
    target.dispatchEvent(new Event("change", { bubbles: true }));
    // On a card each remark has a box of its own.
    (firstField(target.closest(".module")) || target).focus();
  } else if (target.matches("summary")) {
    target.parentElement.open = true;
    (firstField(target.parentElement) || target).focus();
  } else {
    target.focus();
  }
}

// --- Keys ---------------------------------------------------------------------------------------

const steps = {
  ArrowDown: "next",
  ArrowUp: "previous",
  ArrowLeft: isRtl ? "next" : "previous",
  ArrowRight: isRtl ? "previous" : "next",
};

function press(event) {
  const focused = document.activeElement;
  if (event.ctrlKey && event.key === "Enter") {
    const form = focused.closest("form.act, form.desk-answers") || main;
    if (form) form.requestSubmit();
    return Boolean(form);
  }
  if (event.altKey && !event.ctrlKey && event.key in steps) {
    const link = desk.querySelector(`[data-desk-${steps[event.key]}]`);
    if (link) link.click();
    return true; // at an end of the queue, too, the browser does not leave the page
  }
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  if (event.key === "Escape") {
    focused.blur();
    return false;
  }
  if (event.key === "F1" || (!isWritten(focused) && ["?", "؟"].includes(event.key))) {
    const help = keys.querySelector("details");
    help.open = !help.open;
    return true;
  }
  // The digits of an Arabic-Indic keyboard count as well.
  const digit = /^Digit([1-9])$|^Numpad([1-9])$/.exec(event.code);
  const target = digit && !event.shiftKey && digits[(digit[1] || digit[2]) - 1];
  if (!target || isWritten(focused)) return false;
  choose(target);
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!event.isComposing && !event.repeat && press(event)) event.preventDefault();
});

// --- Nothing typed is lost, nothing is sent twice ---------------------------------------------------

let typed = false;
desk.addEventListener("input", () => (typed = true));
addEventListener("beforeunload", (event) => {
  if (typed) event.preventDefault();
});
desk.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
  typed = false;
});
// A page that the browser kept and shows again can be sent again.
addEventListener("pageshow", () => desk.querySelectorAll("form").forEach((form) => delete form.dataset.sent));

// --- The fields of a merge, and what will be published ----------------------------------------------

const decision = desk.querySelector("#desk-decide form");
const preview = desk.querySelector("[data-desk-preview]");

function show() {
  const chosen = decision.querySelector("[name=decision]:checked");
  for (const name of ["project", "kept_part"]) {
    const field = decision.elements[name];
    if (!field) continue;
    // What is hidden is not sent either: it goes with a merge only.
    field.disabled = !chosen || chosen.value !== "merged";
    field.closest(".act-field").hidden = field.disabled;
  }
  if (!preview) return;
  const { reason, project } = decision.elements;
  const badge = preview.querySelector("[data-preview-decision]");
  preview.hidden = !chosen;
  badge.className = `badge badge--${chosen ? chosen.value : ""}`;
  badge.textContent = chosen ? chosen.closest("label").firstElementChild.nextSibling.textContent.trim() : "";
  const isMerge = project && !project.disabled && project.value;
  preview.querySelector("[data-preview-project]").textContent = isMerge ? project.selectedOptions[0].textContent : "";
  preview.querySelector("[data-preview-reason]").textContent = reason.value;
}

if (decision) {
  decision.addEventListener("input", show);
  decision.addEventListener("change", show);
  show();
}
