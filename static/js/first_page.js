// A digit opens the case that has waited longest in the first, second, third… of the counts.
"use strict";

const oldest = [...document.querySelectorAll("[data-oldest]")].slice(0, 9);
oldest.forEach((link, place) => {
  const sign = document.createElement("kbd");
  sign.textContent = place + 1;
  sign.setAttribute("aria-hidden", "true");
  link.before(sign, " ");
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.repeat) return;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  const link = digit && oldest[digit[1] - 1];
  if (link && !document.activeElement.matches("input, select, textarea")) link.click();
});
