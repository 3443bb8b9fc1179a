// What is wrong with the page as it stands: a function that returns {faults: [[check, detail]…], texts, links, title}.
// It changes nothing, and runs on pages whose own scripts are switched off as well.
({ language, width }) => {
  const faults = [];
  const fault = (check, detail) => faults.push([check, detail]);
  const short = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 110);
  const UNSEEN = ".visually-hidden, .visually-hidden-focusable, .skip";
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });

  // --- Frame -------------------------------------------------------------------------------
  const root = document.documentElement;
  if (root.lang !== language) fault("language", `lang="${root.lang}"`);
  if (root.dir !== (language === "ar" ? "rtl" : "ltr")) fault("language", `dir="${root.dir}"`);
  if (!document.title.trim()) fault("title", "none");
  const headings = [...document.querySelectorAll("h1")].filter(seen);
  if (headings.length !== 1) fault("h1", `${headings.length} on the page`);
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) fault("ids", `twice: ${id}`);
  for (const image of document.querySelectorAll("img:not([width][height])")) fault("image size", short(image));

  // --- Room --------------------------------------------------------------------------------
  if (root.scrollWidth > width) fault("overflow", `${root.scrollWidth} px wide`);
  const clips = (element) => getComputedStyle(element).overflowX !== "visible";
  const kept = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
      if (clips(box)) return true;
    }
    return false;
  };
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest(`${UNSEEN}, svg *`) || !seen(element)) continue;
    const { left, right, width: wide } = element.getBoundingClientRect();
    if (wide && (left < -1 || right > width + 1) && !kept(element)) fault("sticks out", short(element));
    // One that is hidden from sight has a pixel at most; what is drawn before or after is no text.
    const cuts = ["hidden", "clip"].includes(getComputedStyle(element).overflowX) && element.clientWidth > 1;
    if (cuts && element.tagName !== "SELECT" && element.textContent.trim()) {
      const inside = document.createRange();
      inside.selectNodeContents(element);
      const text = inside.getBoundingClientRect();
      if (text.left < left - 1 || text.right > right + 1) fault("cut", short(element));
    }
  }
  const pen = document.createElement("canvas").getContext("2d");
  for (const list of [...document.querySelectorAll("select:not([size], [multiple])")].filter(seen)) {
    const style = getComputedStyle(list);
    pen.font = style.font;
    const room = list.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const text = list.selectedOptions[0]?.text ?? "";
    if (pen.measureText(text).width > room + 1) fault("cut", `«${text}» in ${short(list)}`);
  }

  // --- Words -------------------------------------------------------------------------------
  const marked =
    language === "ar"
      ? "script, style, bdi, [lang=fr], [lang=en], [lang=und], .user-text, [dir=auto], [dir=ltr]"
      : "script, style, bdi, [lang=ar], [lang=en], [lang=und], .user-text, [dir=auto]";
  // A title that quotes what somebody wrote is in the language of that text.
  const quotes = document.querySelector("h1")?.matches(":is([lang], [dir], .user-text), :has([lang], [dir], .user-text, bdi)");
  const texts = quotes ? [] : [document.title];
  const description = document.querySelector("meta[name=description]");
  if (!description?.content) fault("description", "none");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    if (node.data.trim() && !node.parentElement.closest(marked)) texts.push(node.data.trim());
  }
  for (const name of ["alt", "title", "aria-label", "placeholder", "data-done", "data-left", "data-over"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      if (!element.closest(marked)) texts.push(element.getAttribute(name));
    }
  }

  // --- Order in which numbers, dates, codes and phones are drawn: each from left to right ------
  const COMPOUND = /[0-9A-Za-z]+(?:[-‑–\/.:][0-9A-Za-z]+)+|\+\s?[0-9]{2,}(?:[ .-]?[0-9]+)*|\b0[0-9](?:[ .-]?[0-9]{2}){4}\b/g;
  const box = (node, start, end) => {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    return range.getBoundingClientRect();
  };
  for (const node of nodes) {
    if (node.parentElement.closest("script, style, option, svg") || !seen(node.parentElement)) continue;
    for (const found of node.data.matchAll(COMPOUND)) {
      const parts = [...found[0].matchAll(/\+|[0-9A-Za-z]+/g)].map((part) => {
        const start = found.index + part.index;
        return box(node, start, start + part[0].length);
      });
      if (/^\d+-\d+$/.test(found[0]) && Math.abs(parts.at(-1).top - parts[0].top) > 4) {
        fault("split", `${found[0]} over two lines`);
      }
      const turned = parts.some((part, place) => {
        const before = parts[place - 1];
        return before && part.width && Math.abs(part.top - before.top) < 4 && part.left < before.left;
      });
      if (turned) fault("direction", `${found[0]} in «${node.data.trim().slice(0, 60)}»`);
    }
  }

  // --- Links -------------------------------------------------------------------------------
  const links = [...document.querySelectorAll("a[href], link[href]")]
    .filter((element) => !element.getAttribute("href").startsWith("#"))
    .map((element) => element.href);
  for (const element of document.querySelectorAll("a[href^='#'], [for], :not([type=hidden]):is([aria-labelledby], [aria-describedby], [aria-controls])")) {
    const names = [element.getAttribute("href")?.slice(1), element.getAttribute("for")];
    for (const name of ["aria-labelledby", "aria-describedby", "aria-controls"]) {
      names.push(...(element.getAttribute(name) ?? "").split(/\s+/));
    }
    for (const name of names.filter(Boolean)) {
      if (!document.getElementById(decodeURIComponent(name))) fault("anchor", `#${name} in ${short(element)}`);
    }
  }
  return { faults, texts, links, title: document.title };
};
