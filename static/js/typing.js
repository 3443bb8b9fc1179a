// The grid of paper cards: Enter walks through the boxes, rows are added, what is typed is kept on the
// server while it is typed. Without it the rows come ten at a time and are kept by a button.
"use strict";

const PAUSE = 4000; // milliseconds from a first key to its keeping
const MOST_ROWS = 100;

document.querySelectorAll("[data-typing-focus]").forEach((note) => note.focus());

document.querySelectorAll("[data-typing]").forEach((form) => {
  const body = form.querySelector("tbody");
  const spare = form.querySelector("template");
  const state = form.querySelector("[role=status]");
  let timer = null;
  let changes = 0;
  let kept = 0;

  const boxesOf = (row) => [...row.querySelectorAll("input:not([type=hidden]), select, textarea")];

  // 128 random bits, in the letters of the server's own keys.
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const letters = btoa(String.fromCharCode(...bytes));
    return letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };

  const addRow = () => {
    // Rows that came back with faults keep their numbers, with gaps between them.
    const index = Number(body.lastElementChild.querySelector("th").id.match(/\d+/)[0]) + 1;
    if (index >= MOST_ROWS) return null;
    const row = spare.content.firstElementChild.cloneNode(true);
    [row, ...row.querySelectorAll("*")].forEach((element) => {
      [...element.attributes].forEach((attribute) => {
        attribute.value = attribute.value.replaceAll("__row__", index);
      });
    });
    row.querySelector("th span").textContent = index + 1;
    row.querySelector("input[type=hidden]").value = newKey();
    body.append(row);
    return row;
  };

  const keep = async (leaving = false) => {
    clearTimeout(timer);
    timer = null;
    if (changes === kept) return;
    const upTo = changes;
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        redirect: "error",
        keepalive: leaving,
      });
      if (!answer.ok) throw new Error(answer.status);
      state.textContent = `${form.dataset.saved} ${(await answer.json()).saved}`;
      state.classList.remove("is-failed");
      kept = Math.max(kept, upTo);
    } catch {
      state.textContent = form.dataset.failed;
      state.classList.add("is-failed");
    }
    if (changes !== kept) later();
  };

  const later = () => {
    timer ??= setTimeout(keep, PAUSE);
  };

  form.addEventListener("input", () => {
    changes += 1;
    later();
  });

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      changes += 1;
      keep();
      return;
    }
    const row = event.target.closest("tbody tr");
    if (!row || event.target.matches("textarea")) return;
    event.preventDefault();
    const boxes = boxesOf(row);
    const next = boxes[boxes.indexOf(event.target) + 1];
    const nextRow = next ? row : (row.nextElementSibling ?? addRow());
    (next ?? (nextRow && boxesOf(nextRow)[0]) ?? event.target).focus();
  });

  form.addEventListener("submit", () => {
    clearTimeout(timer);
    kept = changes;
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep(true);
  });

  const first = boxesOf(body)[0];
  if (first && !document.querySelector("[data-typing-focus]")) first.focus();
});
