// Builds static/dist from the packages of package.json: style sheets, fonts, icons, images.
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "..", "node_modules");
const target = join(here, "dist");
// Built aside and moved into place, so that a running server never serves half of it.
const draft = join(here, "dist.new");

const ICONS = [
  "arrow-clockwise", "arrow-down", "arrow-left", "arrow-right", "arrow-up", "bar-chart", "bell",
  "box-arrow-right", "calendar-event", "chat-dots", "check-lg", "chevron-down", "chevron-right",
  "circle", "circle-half", "clipboard-check", "clock", "dash-lg", "download", "envelope",
  "exclamation-triangle-fill", "eye", "eye-slash", "file-earmark-pdf", "file-earmark-spreadsheet",
  "file-earmark-text", "funnel", "gear", "geo-alt", "globe", "hourglass-split", "house",
  "info-circle", "key", "list", "lock", "paperclip", "pencil", "people", "person", "person-check",
  "person-plus", "plus-lg", "printer", "question-circle", "search", "shield-check", "telephone",
  "trash", "upload", "wifi-off", "x-lg",
];
const SUBSETS = ["latin", "latin-ext"];
const WEIGHTS = [400, 600, 700];

function styleSheet(name) {
  const { css } = compile(join(here, "scss", `${name}.scss`), {
    loadPaths: [packages],
    style: "compressed",
    quietDeps: true,
    // Bootstrap 5 still uses @import; so must the one file of ours that gathers its parts.
    silenceDeprecations: ["import"],
  });
  writeFileSync(join(draft, `${name}.css`), css);
}

function symbol(name) {
  const svg = readFileSync(join(packages, "bootstrap-icons", "icons", `${name}.svg`), "utf8");
  const [, viewBox] = svg.match(/viewBox="([^"]+)"/);
  const body = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>")).replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="${viewBox}">${body}</symbol>`;
}

function sprite() {
  const symbols = ICONS.map(symbol).join("\n");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols}\n</svg>\n`;
  writeFileSync(join(draft, "icons.svg"), svg);
}

function fonts() {
  const source = join(packages, "@fontsource", "source-sans-3");
  mkdirSync(join(draft, "fonts"));
  for (const subset of SUBSETS) {
    for (const weight of WEIGHTS) {
      const name = `source-sans-3-${subset}-${weight}-normal.woff2`;
      cpSync(join(source, "files", name), join(draft, "fonts", name));
    }
  }
  cpSync(join(source, "LICENSE"), join(draft, "fonts", "LICENSE"));
}

rmSync(draft, { recursive: true, force: true });
mkdirSync(draft);
cpSync(join(here, "images"), join(draft, "images"), { recursive: true });
cpSync(join(here, "js"), join(draft, "js"), { recursive: true });
fonts();
sprite();
styleSheet("fonts");
styleSheet("main");
rmSync(target, { recursive: true, force: true });
renameSync(draft, target);
