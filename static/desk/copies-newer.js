/* The server gave somebody their unsaved text to go on with, and this browser has a later one of the same form that the
   server does not have: it went away, or was asked before it was sent. Then they go on with the later one. */

import { sendOne } from "./copy-sender.js"
import { put, unsent } from "./copy-storage.js"

export async function goOnWithNewer(keeper) {
  const { owner, words, whose, uid } = keeper
  const entry = unsent(owner).find(([other]) => other === uid)?.[1]
  if (!entry) return
  keeper.hold(true) // what the server gave must not take its place
  const how = await sendOne({ owner, address: words.keep, whose }, uid, entry)
  if (how === "kept") return leadTo(words.resume, keeper.form)
  // Under a name of its own it is sent, and offered, as soon as the newsroom answers.
  if (how === "away" || how === "ended") put(owner, crypto.randomUUID?.() ?? `${uid.slice(0, -8)}${Date.now().toString(16).slice(-8)}`, entry)
  keeper.hold(false)
}

function leadTo(address, form) {
  const steps = document.getElementById("copy-steps")
  form.dataset.kept = "true"
  steps.action = address
  steps.submit()
}
