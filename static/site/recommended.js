/* Puts what is recommended in the order of what this browser has read here, and leaves out what it has read. What it
   keeps ends after thirty days; nothing is sent. What a reader sees is never moved. */

const KEPT = 30 * 86_400_000; // milliseconds
const MOST = 100; // stories
const list = document.querySelector(".rail-recommended ol");
const lines = [...(list?.children ?? [])];
const note = document.querySelector(".on-device");

/** What the page, or a line, is about. */
const topics = (element) => element.dataset.topics.split("|");

/** [[path, time, topics]] of the stories read, newest first. */
function kept() {
  try {
    const read = JSON.parse(localStorage.getItem("read")).filter((one) => Array.isArray(one?.[2]));
    return read.filter(([, time]) => Date.now() - time < KEPT);
  } catch {
    return []; // nothing is kept, or something else, or the browser keeps nothing
  }
}

function keep() {
  const others = kept().filter(([path]) => path !== location.pathname);
  const own = [location.pathname, Date.now(), topics(list)];
  try {
    localStorage.setItem("read", JSON.stringify([own, ...others].slice(0, MOST)));
  } catch {
    // It keeps nothing, or has no room: then the order stays as it is.
  }
}

function arrange() {
  const read = kept();
  if (!read.length) return;
  const paths = new Set(read.map(([path]) => path));
  const times = new Map();
  for (const topic of read.flatMap(([, , about]) => about)) times.set(topic, (times.get(topic) ?? 0) + 1);
  const points = new Map(lines.map((line) => [line, topics(line).reduce((sum, one) => sum + (times.get(one) ?? 0), 0)]));
  for (const line of lines) line.hidden = paths.has(new URL(line.querySelector("a").href).pathname);
  list.append(...lines.toSorted((one, other) => one.hidden - other.hidden || points.get(other) - points.get(one)));
  const most = [...times].sort(([, one], [, other]) => other - one).slice(0, 5);
  note.querySelector("b").textContent = most.map(([topic]) => topic).join(", ");
  note.hidden = false;
}

function clear({ target }) {
  localStorage.removeItem("read");
  localStorage.removeItem("places");
  for (const line of lines) line.hidden = false;
  list.append(...lines);
  const told = note.querySelector("p");
  told.textContent = told.dataset.cleared;
  target.remove();
  note.querySelector("summary").focus();
}

if (note) {
  note.querySelector("button").addEventListener("click", clear);
  document.addEventListener("read", keep);
  if (!performance.getEntriesByType("paint").length) arrange(); // nothing is seen yet
  else
    new IntersectionObserver(([seen], observer) => {
      if (seen.isIntersecting) return; // until it is out of sight
      observer.disconnect();
      arrange();
    }).observe(list);
}
