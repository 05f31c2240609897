/* Who else has this story open or text unsaved, asked every eight seconds; and whether it was saved meanwhile. */

import { beacon, token } from "./copy-sender.js"

const EVERY = 8000

const asked = (more) => new URLSearchParams({ csrfmiddlewaretoken: token(), ...more })

export function watchPresence({ dataset: { presenceAddress: address, version } }) {
  const told = document.querySelector("[data-presence]")
  let timer = null

  function tell({ people, saved, unseen }) {
    document.dispatchEvent(new CustomEvent("desk:unseen", { detail: unseen }))
    const words = [...people, saved].filter(Boolean).join(" · ")
    if (told && told.textContent !== words) told.textContent = words
  }

  async function ask() {
    clearTimeout(timer)
    const options = { method: "POST", body: asked({ version }), redirect: "manual" }
    const answer = await fetch(address, options).catch(() => null)
    if (answer?.ok) tell(await answer.json())
    if (answer?.status !== 401) timer = setTimeout(ask, EVERY)
  }

  addEventListener("pagehide", () => {
    clearTimeout(timer)
    beacon(address, asked({ leave: "1" }))
  })
  addEventListener("pageshow", (event) => event.persisted && ask())
  document.addEventListener("visibilitychange", () => document.hidden || ask())
  ask()
}
