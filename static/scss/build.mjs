// Builds static/css/site.ltr.css and site.rtl.css: Sass, then rtlcss, then PurgeCSS against every
// template that may use a class. Run it with `npm run build` and commit the result.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { PurgeCSS } from "purgecss";
import rtlcss from "rtlcss";
import * as sass from "sass";

const root = join(import.meta.dirname, "../..");
const site = readdirSync(join(root, ".venv/lib")).map((python) => join(root, ".venv/lib", python, "site-packages"));
const content = [
  join(root, "templates/**/*.html"),
  join(root, "static/js/*.js"),
  join(root, "openmuni/tags.py"),
  ...site.map((path) => join(path, "crispy_bootstrap5/templates/bootstrap5/{field,errors}.html")),
  ...site.map((path) => join(path, "django/forms/templates/django/forms/widgets/*.html")),
];
// Written by templates out of a variable, by Django's widgets or by scripts.
const safelist = { standard: [/^lang/, /^field--/, /^status--/, /^icon-/, /^is-/, /^invalid-/, "show"] };

const compile = (name) =>
  sass.compile(join(import.meta.dirname, name), {
    loadPaths: [join(root, "node_modules")],
    quietDeps: true,
    silenceDeprecations: ["import"],
  }).css;
const [bootstrap, ours] = ["bootstrap.scss", "site.scss"].map(compile);

for (const [direction, base] of Object.entries({ ltr: bootstrap, rtl: rtlcss.process(bootstrap) })) {
  const source = base + ours;
  const [purged] = await new PurgeCSS().purge({
    content,
    css: [{ raw: source }],
    safelist,
    variables: true,
    fontFace: false,
  });
  const small = sass.compileString(purged.css, { style: "compressed", charset: false }).css;
  writeFileSync(join(root, `static/css/site.${direction}.css`), small + "\n");
  console.log(`site.${direction}.css`, small.length, "bytes,", gzipSync(small, { level: 9 }).length, "gzip");
}
