// What a script makes nicer; everything works without it. Words come from the page's data-* attributes.
"use strict";

const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

// Characters left, counted as the server counts them: by code point.
each("[data-limit]", (field) => {
  const words = field.form.dataset;
  const counter = document.createElement("small");
  counter.className = "counter";
  counter.setAttribute("aria-hidden", "true");
  const count = () => {
    const left = field.dataset.limit - [...field.value.trim()].length;
    counter.textContent = `${left < 0 ? words.over : words.left}: ${Math.abs(left)}`;
    counter.classList.toggle("is-over", left < 0);
  };
  // Said aloud only near the end: once where twenty are left, and when there are too many.
  const aloud = document.createElement("span");
  aloud.className = "visually-hidden";
  aloud.setAttribute("role", "status");
  const say = () => {
    const left = field.dataset.limit - [...field.value.trim()].length;
    aloud.textContent = left > 20 ? "" : left < 0 ? words.over : `${words.left}: ${left}`;
  };
  let pause;
  field.addEventListener("input", () => {
    count();
    clearTimeout(pause);
    pause = setTimeout(say, 1000);
  });
  field.after(counter, aloud);
  count();
});

// A form that came back with errors begins at what is wrong.
each("[data-focus]", (summary) => summary.focus());

each("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});

if (navigator.clipboard) {
  each("[data-copy]", (button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.querySelector("span").textContent = button.dataset.done;
    });
  });
}

// A receipt as a file of its own, made here: its code never travels again.
each("[data-save]", (button) => {
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([button.dataset.save]));
    link.download = button.dataset.name;
    link.click();
    URL.revokeObjectURL(link.href);
  });
});

if (navigator.share) {
  each("[data-share]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const url = "url" in button.dataset ? location.href : undefined;
      // Closing the sheet without sharing is no error.
      navigator.share({ text: button.dataset.share, url }).catch(() => {});
    });
  });
}

// The QR code carries the tracking code after the #; it moves into the form and out of the address.
each("[data-code-form]", (form) => {
  const code = decodeURIComponent(location.hash.slice(1)).replace(/\D/g, "");
  if (code.length !== 16) return;
  form.elements.code.value = code.match(/.{4}/g).join(" ");
  history.replaceState(null, "", location.pathname);
  form.querySelector("[type=submit]").focus();
});
