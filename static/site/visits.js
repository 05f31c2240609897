/* What is new of a running story since this reader last opened one of its pages. Only this browser knows: nothing is
   sent, and without this script the page lacks nothing else. */

const VISIT = 30 * 60_000; // milliseconds; pages opened at shorter intervals are one visit
const told = document.querySelector("[data-visits]");
const name = `visits:${told?.dataset.visits}`;
const now = Date.now();

/** [end of the visit before, newest page of this one]; of a first visit, now. */
function kept() {
  try {
    const [before, newest] = JSON.parse(localStorage.getItem(name));
    return now - newest < VISIT ? [before, now] : [newest, now];
  } catch {
    return [now, now]; // nothing is kept, or the browser keeps nothing
  }
}

/** When the visit before ended; this visit is noted. */
function since() {
  const [before, newest] = kept();
  try {
    localStorage.setItem(name, JSON.stringify([before, newest]));
  } catch {
    // It keeps nothing, or has no room: then nothing is ever new.
  }
  return before;
}

function mark(before) {
  const found = new Set();
  for (const time of document.querySelectorAll("[data-may-be-new]")) {
    if (Date.parse(time.dateTime) > before) {
      const sign = document.createElement("span");
      sign.className = "new";
      sign.textContent = told.dataset.new;
      time.after(" ", sign);
      found.add(time.dateTime);
    }
  }
  if (found.size) told.textContent = told.dataset.told.replace("{number}", found.size);
}

if (told) mark(since());
