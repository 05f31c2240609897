/* A form is sent only when the newsroom answers: before that what was typed is kept there, as a working copy. Where it
   does not answer, the form stays as it is, says so, and is sent as soon as it does. */

import { tellTrouble } from "./copies-told.js"

const AGAIN = 3000
const SOON = 1000

export function saveFirst(form, keeper, words) {
  let isThrough = false
  let waiting = null

  /* The presses that lead elsewhere, such as to a preview, save nothing. */
  const isSave = (button) => !button?.hasAttribute("formaction") && button?.formTarget !== "_blank"

  function stop() {
    clearTimeout(waiting)
    waiting = null
    form.removeAttribute("aria-busy")
    keeper.isToBeSaved = false
    tellTrouble("")
  }

  async function attempt(button) {
    clearTimeout(waiting)
    keeper.isToBeSaved = true
    const how = await keeper.sendNow(true)
    if (!keeper.isToBeSaved) return // stopped meanwhile
    if (how === "soon" || how === "away") {
      const again = { label: words.again, press: () => attempt(button) }
      if (how === "away") tellTrouble(words.saving, again, { label: words.stop, press: stop })
      waiting = setTimeout(() => attempt(button), how === "away" ? AGAIN : SOON)
      return
    }
    stop()
    await new Promise((go) => setTimeout(go)) // a form is not sent anew within its own submit event
    isThrough = true
    keeper.isSaving = true
    form.requestSubmit(button?.isConnected ? button : undefined)
    isThrough = false
  }

  document.addEventListener("submit", (event) => {
    if (event.target !== form || event.defaultPrevented || isThrough || !isSave(event.submitter)) return
    event.preventDefault()
    if (form.getAttribute("aria-busy")) return
    form.setAttribute("aria-busy", "true")
    attempt(event.submitter)
  })
}
