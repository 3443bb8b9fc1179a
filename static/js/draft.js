// Keeps on this device, for a week, what is typed for the public in a form; never who typed it.
// One draft for each form, whatever the language of its page.
"use strict";

{
  const WEEK = 7 * 24 * 3600 * 1000;
  const key = "draft:" + location.pathname.replace(/^\/\w+/, "");
  const form = document.querySelector("[data-draft]");

  // A browser may refuse to store anything: then nothing is kept.
  const stored = (act) => {
    try {
      return act(localStorage) ?? true;
    } catch {
      return false;
    }
  };
  const forget = () => stored((store) => store.removeItem(key));
  const read = () => stored((store) => JSON.parse(store.getItem(key)));

  if (document.querySelector("[data-sent]")) forget();
  if (form) begin();

  function begin() {
    const line = form.querySelector("[data-draft-line]");
    const words = line.querySelector("p");
    const kept = words.textContent;
    const boxes = form.dataset.draft
      ? [...form.querySelectorAll("textarea, input:not([type=hidden])")]
      : [];
    let typing, warned;

    // Back and reload ask for the form anew, where the draft waits, and not whether to send once more.
    if (stored((store) => store.getItem(key))) history.replaceState(null, "", location.href);

    const show = () => line.classList.toggle("is-off", !warned && !read().texts);

    const save = () => {
      if (!typing) return;
      clearTimeout(typing);
      typing = 0;
      const texts = boxes.filter((box) => box.type !== "radio" || box.checked).map((box) => [box.name, box.value]);
      if (boxes.some((box) => box.type !== "radio" && box.value.trim())) {
        stored((store) => store.setItem(key, JSON.stringify({ at: Date.now(), texts: Object.fromEntries(texts) })));
      } else forget();
      show();
    };

    const draft = read();
    if (draft.at < Date.now() - WEEK) forget();
    else if (draft.texts && form.dataset.draft === "new") {
      boxes.forEach((box) => {
        const text = draft.texts[box.name] ?? "";
        if (box.type === "radio") box.checked = box.value === text;
        else box.value = text;
        // For the counter alone: nothing was typed.
        box.dispatchEvent(new Event("input"));
      });
      words.textContent = words.dataset.found;
      line.classList.add("is-found");
    }
    show();

    if (boxes.length) {
      form.addEventListener("input", () => {
        clearTimeout(typing);
        typing = setTimeout(save, 300);
      });
      addEventListener("pagehide", save);
    }

    form.addEventListener("submit", (event) => {
      save();
      // Sent into the void, it would be lost; whoever presses again knows better than the browser.
      if (navigator.onLine || warned) return;
      event.preventDefault();
      warned = true;
      words.textContent = words.dataset.offline;
      line.classList.add("is-found", "is-offline");
      show();
    });

    addEventListener("online", () => {
      if (!warned) return;
      warned = false;
      words.textContent = kept;
      line.classList.remove("is-found", "is-offline");
      show();
    });

    line.querySelector("button").addEventListener("click", ({ target }) => {
      if (!confirm(target.dataset.sure)) return;
      clearTimeout(typing);
      typing = 0;
      forget();
      location.replace(location.pathname);
    });
  }
}
