/* Keeps the home fresh: asks every 20 seconds, while the page is seen, whether anything changed.

   Blocks are replaced without moving what is under the pointer or has the focus: its own row stays as it is until both
   have left it, and the page scrolls by as much as what stands above it grew. */

const EVERY = 20_000
const IDLE = 60_000 // after which a pointer at rest holds no row any more

const home = document.querySelector("[data-state]")
const news = document.getElementById("home-news")
let tag = home?.dataset.tag
let latest = null
let held = null
let movedAt = 0
let hasEnded = false

const rowOf = (element) => element?.closest?.("[data-row]") ?? null

/* The row that must not move: with the focus, or under a pointer that moved lately. */
function anchor() {
  const focused = home.contains(document.activeElement) ? rowOf(document.activeElement) : null
  const pointed = Date.now() - movedAt < IDLE ? rowOf([...document.querySelectorAll(":hover")].at(-1)) : null
  return focused ?? (home.contains(pointed) ? pointed : null)
}

/* The block with the rows of `fresh`, but with this row as it is, at its place. */
function around(row, block, fresh) {
  const rows = [...(fresh.querySelector("[data-rows]")?.children ?? [])]
  const place = rows.findIndex((each) => each.dataset.row === row.dataset.row)
  for (const other of [...row.parentElement.children]) if (other !== row) other.remove()
  row.before(...rows.slice(0, Math.max(place, 0)))
  row.after(...rows.slice(place + 1))
  block.querySelector("h2").replaceWith(fresh.querySelector("h2"))
  block.dataset.news = fresh.dataset.news
}

function tell(fresh) {
  const [before, now] = [home, fresh].map((part) => part.querySelector("[data-block=waiting]")?.dataset.news ?? "")
  if (now && now !== before) news.textContent = now
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").body
  const row = anchor()
  const top = row?.getBoundingClientRect().top
  const names = (part) => [...part.querySelectorAll("[data-block]")].map((block) => block.dataset.block).join()
  tell(fresh)
  held = row
  if (names(home) !== names(fresh) && !row) {
    home.replaceChildren(...fresh.childNodes)
    return
  }
  for (const block of home.querySelectorAll("[data-block]")) {
    const other = fresh.querySelector(`[data-block=${block.dataset.block}]`)
    if (!other || other.outerHTML === block.outerHTML) continue
    if (row && block.contains(row)) around(row, block, other)
    else if (!block.contains(document.activeElement)) block.replaceWith(other)
  }
  if (row) scrollBy({ top: row.getBoundingClientRect().top - top, behavior: "instant" })
}

/* Once pointer and focus have left the row that was held, it is shown as it is now. */
function release() {
  if (held && latest && anchor() !== held) show(latest)
}

async function ask() {
  if (document.hidden || hasEnded) return
  const options = { headers: { "If-None-Match": tag }, cache: "no-store", redirect: "manual" }
  const answer = await fetch(home.dataset.state, options).catch(() => null)
  if (answer?.type === "opaqueredirect" || answer?.status === 403) {
    hasEnded = true
    document.getElementById("home-ended").hidden = false
  } else if (answer?.status === 200) {
    latest = await answer.text()
    tag = answer.headers.get("ETag")
    show(latest)
  } else release()
}

if (home) {
  addEventListener("pointermove", () => {
    movedAt = Date.now()
  }, { passive: true })
  home.addEventListener("pointerover", release)
  home.addEventListener("focusout", () => setTimeout(release))
  document.addEventListener("visibilitychange", ask)
  document.addEventListener("desk:told", ask)
  setInterval(ask, EVERY)
}
