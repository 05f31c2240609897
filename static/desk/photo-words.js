/* Caption, credit and alternative text of a photo of the library, changed beside the picture. Each field is stored when
   it is left; a form that is sent meanwhile waits for it. */

import { fill, formOfPage, known, make } from "./make.js"

const open = new Set() /* forms with words that are not stored yet */
let made = 0

const FIELDS = ["caption", "alt", "photographer", "agency"]

async function post(photo, data) {
  const body = new FormData()
  body.append("csrfmiddlewaretoken", formOfPage().elements.csrfmiddlewaretoken.value)
  for (const [name, value] of Object.entries(data)) body.append(name, value)
  const answer = await fetch(photo.words, { method: "POST", body })
  if (answer.status === 403) return { why: known.words.notYours }
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return { why: known.words.failed }
  return answer.json()
}

/* The photo as it is stored now, and whether this person may change it. */
export async function look(photo) {
  const answer = await fetch(photo.words)
  if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error(answer.status)
  return answer.json()
}

/* `changed(photo)` is called with what was stored, and with what is typed, before it is. Returns the element, and
   `save`, which resolves to whether all is stored. */
export function wordsForm(photo, changed = () => {}) {
  const id = `photo-words-${++made}`
  const told = make("p", { className: "photo-words-told", role: "status" })
  const inputs = Object.fromEntries(FIELDS.map((name) => [name, field(id, name, photo)]))
  const plain = make("input", { type: "checkbox", id: `${id}-is_decorative`, checked: photo.is_decorative })
  inputs.is_decorative = plain
  const element = make("div", { className: "photo-words", role: "group", "aria-label": known.words.photoWords }, [
    ...FIELDS.map((name) => make("p", { className: `photo-words-${name}` }, [label(id, name), inputs[name]])),
    make("p", { className: "photo-words-plain" }, [make("label", {}, [plain, " ", known.words.is_decorative])]),
    told,
  ])
  let running = Promise.resolve(true)
  const form = { element, save, isStored: () => !Object.keys(typed()).length }

  function typed() {
    const values = Object.entries(inputs).map(([name, input]) => [name, valueOf(input)])
    return Object.fromEntries(values.filter(([name, value]) => value !== stored(photo[name])))
  }

  function asTyped() {
    const now = Object.fromEntries(FIELDS.map((name) => [name, valueOf(inputs[name])]))
    const credit = [now.agency, now.photographer].filter(Boolean).join("/") // as Photo.credit
    return { ...photo, ...now, is_decorative: plain.checked, credit }
  }

  function save() {
    running = running.then(store)
    return running
  }

  async function store() {
    const data = typed()
    if (!Object.keys(data).length) return true
    open.add(form)
    told.textContent = known.words.saving
    const answer = await post(photo, data).catch(() => ({ why: known.words.failed }))
    for (const input of Object.values(inputs)) input.ariaInvalid = null
    if (answer.why || answer.errors) return refuse(answer)
    Object.assign(photo, answer.photo)
    told.textContent = known.words.stored
    told.classList.remove("is-wrong")
    open.delete(form)
    changed(photo)
    return true
  }

  function refuse({ why, errors }) {
    const wrong = Object.keys(errors ?? {}).filter((name) => inputs[name])
    for (const name of wrong) inputs[name].ariaInvalid = "true"
    told.textContent = why ?? Object.values(errors).flat().join(" ")
    told.classList.add("is-wrong")
    return false
  }

  element.addEventListener("change", save)
  element.addEventListener("input", () => {
    form.isStored() ? open.delete(form) : open.add(form)
    changed(asTyped())
  })
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.matches("textarea")) return
    event.preventDefault() // it would send the story
    save()
  })
  return form
}

/* What an empty caption in a story stands for. */
export const captionHint = ({ caption }) => (caption ? fill(known.words.ownCaption, { caption }) : known.words.captionHere)

const label = (id, name) => make("label", { htmlFor: `${id}-${name}`, textContent: known.words[name] })
const stored = (value) => (typeof value === "boolean" ? (value ? "on" : "") : (value ?? ""))
const valueOf = (input) => (input.type === "checkbox" ? (input.checked ? "on" : "") : input.value.trim())

function field(id, name, photo) {
  const isLong = name === "caption" || name === "alt"
  const input = make(isLong ? "textarea" : "input", { id: `${id}-${name}`, value: photo[name] ?? "", autocomplete: "off" })
  if (isLong) input.rows = 2
  if (name === "alt") input.placeholder = known.words.altHelp
  return input
}

/* Until the words are stored, the story's form waits; if they cannot be, it stays, once. */
let isTold = false
window.addEventListener(
  "submit",
  async (event) => {
    const form = event.target
    const waiting = [...open].filter((each) => form.contains(each.element))
    if (!waiting.length || isTold) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const submitter = event.submitter
    const results = await Promise.all(waiting.map((each) => each.save()))
    if (results.every(Boolean)) return form.requestSubmit(submitter)
    isTold = true // a second press sends the story without them
    open.clear()
    waiting[results.indexOf(false)].element.querySelector("[aria-invalid=true], input, textarea").focus()
  },
  { capture: true },
)

addEventListener("beforeunload", (event) => {
  if (open.size) event.preventDefault()
})

/* "Photo: AFP/BAY ISMOYO" and what the photo still lacks, as nodes. */
export function creditLine(photo) {
  const credit = photo.credit ? fill(known.words.creditLine, { credit: photo.credit }) : ""
  const lacks = [!photo.credit && known.words.noCredit, !(photo.alt || photo.is_decorative) && known.words.noAlt]
  const missing = lacks.filter(Boolean).map((words) => make("span", { className: "photo-lacks", textContent: words }))
  return [make("span", { className: "photo-credit", textContent: credit }), ...missing]
}
