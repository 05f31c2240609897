/* Where a reader stopped in a long text is kept in this browser for thirty days, and offered when the text is opened
   anew. Nothing is sent. */

const KEPT = 30 * 86_400_000; // milliseconds
const MOST = 30; // texts
const HERE = "#place"; // how the link to the place says so
const told = document.querySelector("[data-place]");
const link = told?.querySelector("a");
const blocks = [...(document.querySelector(".body")?.children ?? [])];
const { pathname, search } = location;

/** {path of a text: [query of the page, number of the block on it, time]} of those that have not ended. */
function places() {
  try {
    const kept = Object.entries(JSON.parse(localStorage.getItem("places")) ?? {});
    return Object.fromEntries(kept.filter(([, place]) => Date.now() - place[2] < KEPT));
  } catch {
    return {}; // nothing is kept, or something else, or the browser keeps nothing
  }
}

/** The first block that is not above the window; all of them, if the text is read to its end. */
function stoppedAt() {
  const isLast = !document.querySelector(".pager [rel=next]");
  if (isLast && blocks.at(-1).getBoundingClientRect().bottom < innerHeight) return blocks.length;
  return Math.max(0, blocks.findIndex((block) => block.getBoundingClientRect().bottom > 0));
}

function keep() {
  const { [pathname]: before, ...others } = places();
  const at = stoppedAt();
  const isBegun = at > 0 || search !== "";
  const own = at < blocks.length && isBegun ? [[pathname, [search, at, Date.now()]]] : [];
  const newest = Object.entries(others).sort(([, one], [, other]) => other[2] - one[2]);
  try {
    localStorage.setItem("places", JSON.stringify(Object.fromEntries([...own, ...newest].slice(0, MOST))));
  } catch {
    // It keeps nothing, or has no room: then no place is offered.
  }
}

/** Whether the reader came to the text, instead of turning its pages or going back in them. */
function isOpenedAnew() {
  const [how] = performance.getEntriesByType("navigation");
  const from = document.referrer && new URL(document.referrer);
  return how?.type === "navigate" && (from?.host !== location.host || from?.pathname !== pathname);
}

function offer() {
  const [query, at] = places()[pathname] ?? [];
  const page = Number(/^\?page=(\d+)$/.exec(query)?.[1] ?? 1);
  if (query === undefined || page > Number(told.dataset.place) || (query === search && !blocks[at])) return;
  if (location.hash === HERE && query === search) {
    blocks[at].scrollIntoView();
    history.replaceState(null, "", pathname + search);
  } else if (isOpenedAnew() && !location.hash) {
    link.href = pathname + query + HERE;
    told.hidden = false;
  }
}

if (told) {
  offer();
  link.addEventListener("click", (event) => {
    const [query, at] = places()[pathname] ?? [];
    if (query !== search) return; // the offer stays, so that what is kept stays until its page is there
    event.preventDefault();
    told.hidden = true;
    blocks[at]?.scrollIntoView();
  });
  addEventListener("scroll", () => scrollY > innerHeight && (told.hidden = true), { passive: true });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && told.hidden && keep());
}
