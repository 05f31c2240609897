/* What is typed, as readers will see it, beside the form: each pause while the preview is open shows it anew. */

const PAUSE = 700; // milliseconds without a key
const WIDTHS = { phone: 375, screen: 1280, print: 794, search: 640, card: 375 }; // CSS pixels; print: A4
const NARROWS = ["search", "card"]; // as narrow as its room, where that is narrower
const BESIDE = matchMedia("(min-width: 64rem)");

const dialog = document.getElementById("preview");
const form = dialog.closest("form");
const frame = dialog.querySelector("iframe");
const room = dialog.querySelector(".preview-room");
const told = dialog.querySelector("[role=status]");
const looks = [...dialog.querySelectorAll("[data-look]")];
const openers = document.querySelectorAll("[data-preview]");
let look = "phone";
let running, timer, from;
let scrolled = 0;

/** Beside the form it begins below the bar, which stays in sight with its buttons. */
function place() {
  const top = BESIDE.matches ? document.querySelector(".bar").getBoundingClientRect().bottom : 0;
  dialog.style.setProperty("--top", `${Math.max(0, top)}px`);
}

/** The rules for paper apply on the screen, and those for the screen do not. */
function asPrinted(rules) {
  for (const rule of rules) {
    if (rule.media?.mediaText === "print") rule.media.mediaText = "all";
    else if (rule.media?.mediaText === "screen") rule.media.mediaText = "not all";
    if (rule.cssRules) asPrinted(rule.cssRules);
  }
}

/** The frame is as wide as what it stands for, and made smaller to fit. */
function fit() {
  const width = NARROWS.includes(look) ? Math.min(room.clientWidth, WIDTHS[look]) : WIDTHS[look];
  const scale = Math.min(1, room.clientWidth / width);
  frame.style.setProperty("--width", `${width}px`);
  frame.style.setProperty("--scale", scale);
  frame.style.setProperty("--height", `${room.clientHeight / scale}px`);
}

frame.addEventListener("load", () => {
  const page = frame.contentDocument;
  for (const link of page.querySelectorAll("a[href]:not([href^='#'])")) link.target = "_blank";
  if (look === "print") {
    for (const sheet of page.styleSheets) asPrinted(sheet.cssRules);
    page.documentElement.style.colorScheme = "light";
    page.body.style.margin = "18mm"; // as @page in site.css
  }
  frame.contentWindow.scrollTo(0, scrolled);
});

async function refresh() {
  clearTimeout(timer);
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const typed = new FormData(form);
  typed.set("look", look);
  told.textContent = dialog.dataset.loading;
  try {
    const answer = await fetch(dialog.dataset.address, { method: "POST", body: typed, signal });
    if (answer.headers.get("X-Preview") !== "typed") throw new Error(answer.status);
    const page = await answer.text();
    scrolled = frame.contentWindow?.scrollY ?? 0;
    frame.srcdoc = page;
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "medium" });
    told.textContent = dialog.dataset.shown.replace("{time}", time);
  } catch (error) {
    if (error.name !== "AbortError") told.textContent = dialog.dataset.failed;
  }
}

function open(event) {
  event.preventDefault();
  from = event.currentTarget;
  if (dialog.open) return close();
  if (BESIDE.matches) dialog.show();
  else dialog.showModal();
  for (const opener of openers) opener.ariaExpanded = "true";
  place();
  fit();
  looks.find((button) => button.ariaPressed === "true").focus();
  refresh();
}

function close() {
  dialog.close();
}

for (const opener of openers) {
  opener.hidden = false;
  opener.role = "button";
  opener.setAttribute("aria-controls", dialog.id);
  opener.ariaExpanded = "false";
  opener.addEventListener("click", open);
}

for (const button of looks) {
  button.addEventListener("click", () => {
    look = button.dataset.look;
    dialog.dataset.wide = WIDTHS[look] > 400;
    for (const other of looks) other.ariaPressed = String(other === button);
    scrolled = 0;
    fit();
    refresh();
  });
}

dialog.querySelector("[data-closes]").addEventListener("click", close);
dialog.addEventListener("close", () => {
  running?.abort();
  clearTimeout(timer);
  for (const opener of openers) opener.ariaExpanded = "false";
  from?.focus();
});
dialog.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
new ResizeObserver(fit).observe(room);
for (const kind of ["scroll", "resize"]) addEventListener(kind, () => dialog.open && place(), { passive: true });

/* The editors of text and rows change their fields without an event of their own, which a key or a press went before. */
for (const kind of ["input", "change", "keyup", "drop"]) {
  form.addEventListener(kind, (event) => {
    if (!dialog.open || dialog.contains(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });
}
