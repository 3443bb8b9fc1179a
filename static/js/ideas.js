// The list of ideas changes in place. htmx is fetched when somebody first reaches for the list, so that
// a first visit stays light; until it is there, and without it, links and form open pages as ever.
"use strict";

const listing = document.querySelector("[data-htmx]");

const fetchHtmx = () => {
  for (const touch of ["pointerdown", "focusin"]) listing.removeEventListener(touch, fetchHtmx);
  const script = document.createElement("script");
  script.src = listing.dataset.htmx;
  document.head.append(script);
};

// Fetched any earlier, htmx would wait for an event that may have passed.
addEventListener("load", () => {
  for (const touch of ["pointerdown", "focusin"]) listing.addEventListener(touch, fetchHtmx);
});

// An address without what was left empty.
listing.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) if (!value) formData.delete(name);
});

listing.addEventListener("htmx:afterSettle", ({ detail }) => {
  const count = document.getElementById("count");
  document.getElementById("announcement").textContent = count.textContent;
  // What was pressed is gone with the old list; a form keeps its place.
  if (detail.boosted) count.focus();
  for (const link of document.querySelectorAll("a[hreflang]")) link.search = location.search;
});

// What htmx could not fetch the browser asks for itself.
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  listing.addEventListener(failure, ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));
}
