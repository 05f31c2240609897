/* Shows the server's own checks, and what each button would do, while somebody types. A button whose label is out of
   date is pressed only after its label has been asked for, and only if that is still the same. Where the server does
   not answer, the form is sent as it is: it carries the moment that its button promised, and no other is kept. */

const PAUSE = 900 // milliseconds without a change until the checks are asked for
const SOON = 120 // for times, which the label of a button names
const form = document.getElementById("story_form")
const bar = document.querySelector(".bar")
const status = bar.querySelector(".bar-status")
const inBar = (name) => bar.querySelector(`[name=${name}]`)

let timer = 0
let change = 0 // the number of the last change
let seen = 0 // that of the change that the page shows
let shown = "" // the checks, as they came last
let running = null
let isLetThrough = false

async function ask() {
  const asked = change
  const answer = await fetch(bar.dataset.checks, { method: "POST", body: new URLSearchParams(fields()), signal: AbortSignal.timeout(8000) })
  if (!answer.ok || !answer.headers.get("Content-Type")?.includes("json")) throw new Error(`${answer.status}`)
  show(await answer.json())
  seen = asked
}

function fields() {
  return [...new FormData(form)].filter(([, value]) => typeof value === "string")
}

/* The checks anew; the focus stays on the same link or doubt. */
function renew(checks) {
  const old = document.getElementById("checks")
  const focused = old.contains(document.activeElement) ? document.activeElement : null
  old.outerHTML = shown = checks
  const href = focused?.getAttribute("href")
  const again = href ? `[href="${CSS.escape(href)}"]` : `[value="${CSS.escape(focused?.value ?? "")}"]`
  if (focused) document.querySelector(`#checks ${again}`)?.focus()
}

function show({ checks, is_ready: isReady, release, promise, update }) {
  if (checks !== shown) renew(checks)
  if (inBar("_release")) inBar("_release").value = release
  if (inBar("promise")) inBar("promise").value = promise
  const save = inBar("_continue")
  if (save?.dataset.live !== undefined) save.value = update
  fill(isReady)
}

/* One button is filled: the next move as soon as nothing is in its way, else the one that saves. */
function fill(isReady) {
  const next = bar.querySelector("[data-next]")
  const save = inBar("_continue")
  if (!next || !save) return
  const isNext = isReady || next.name === "_submit"
  next.classList.toggle("default", isNext)
  save.classList.toggle("default", !isNext)
}

function askSoon(pause) {
  clearTimeout(timer)
  timer = setTimeout(look, pause)
}

/* At most one question at a time; a change meanwhile is asked for after it. Where nobody answers, the next change
   asks again. */
function look() {
  running ??= ask()
    .catch((error) => {
      if (!(error instanceof Error)) throw error
    })
    .finally(() => {
      running = null
      if (seen < change) askSoon(PAUSE)
    })
  return running
}

/* What was refused is no longer what stands there: the checks tell about it now. */
function forgetError(field) {
  const row = field.closest?.(".form-row")
  const told = row?.querySelector(".errorlist")
  if (!told) return
  if (told.id) document.querySelector(`.errors-summary a[href="#${CSS.escape(told.id)}"]`)?.closest("li").remove()
  told.remove()
  row.querySelector(".errors")?.classList.remove("errors")
  for (const wrong of row.querySelectorAll("[aria-invalid]")) wrong.removeAttribute("aria-invalid")
}

function changed(event) {
  forgetError(event.target)
  if (event.type !== "change") status.textContent = ""
  if (event.target.closest?.("[data-own-step]")) return
  change += 1
  const isTime = /_(at|until)_[01]$/.test(event.target.name ?? "") || ["is_minor", "edition"].includes(event.target.name)
  askSoon(isTime ? SOON : PAUSE)
}

form.addEventListener("input", changed)
window.django?.jQuery(form).on("change formset:added formset:removed", changed) // choosers tell jQuery alone

/* A move that the checks would refuse leads to the first of them instead. */
function isRefused(button) {
  const isUnready = button?.matches("[data-next]:not(.default, [name=_submit])") && seen === change
  if (!isUnready || !document.querySelector("#checks .is-open")) return false
  status.textContent = status.dataset.unready
  document.dispatchEvent(new CustomEvent("desk:panel"))
  document.querySelector("#checks .is-open a")?.focus()
  return true
}

form.addEventListener(
  "submit",
  async (event) => {
    const button = event.submitter
    if (isRefused(button)) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return
    }
    const isTold = button && (button.name === "_release" || button.dataset.live !== undefined)
    if (isLetThrough || !isTold || seen === change) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const label = button.value
    clearTimeout(timer)
    await running
    if (seen !== change) await look()
    clearTimeout(timer)
    if (button.value !== label) {
      status.textContent = status.dataset.changed
      button.focus()
      return
    }
    isLetThrough = true
    form.requestSubmit(button)
    isLetThrough = false
  },
  { capture: true },
)
