/* How much somebody has not seen, beside their name: asked every ten seconds while the page is seen. In the form of a
   story it comes with who else is there (copies-presence.js). A changed count is told to the page as "desk:told". */

const EVERY = 10_000
const link = document.querySelector("[data-told]")
const count = link?.querySelector(".told-count")
let timer = null

function show(unseen) {
  if (unseen === undefined || String(unseen) === link.dataset.told) return
  link.dataset.told = unseen
  count.textContent = unseen
  count.hidden = !unseen
  document.dispatchEvent(new CustomEvent("desk:told", { detail: unseen }))
}

async function ask() {
  clearTimeout(timer)
  if (document.hidden) return
  const answer = await fetch(link.dataset.count, { cache: "no-store", redirect: "manual" }).catch(() => null)
  if (answer?.ok) show((await answer.json()).unseen)
  if (answer?.status !== 401) timer = setTimeout(ask, EVERY)
}

if (link) {
  document.addEventListener("desk:unseen", (event) => show(event.detail))
  if (!document.querySelector("[data-presence-address]")) {
    document.addEventListener("visibilitychange", ask)
    timer = setTimeout(ask, EVERY)
  }
}
