/* The lead photo is a place on the paper: a picture is dropped, pasted, chosen from the library or taken from a file.
   Without this script the chooser of the admin stays. */

import { formOfPage, known, make } from "./make.js"
import { chooseFromLibrary, fileButton } from "./photo-library.js"
import { holdsFiles, likes, picture, picturesOf, sentence, upload } from "./photo-take.js"
import { captionHint, creditLine, look, wordsForm } from "./photo-words.js"
import { standsFor } from "./stand-in.js"
import { undoing } from "./undo.js"

const form = formOfPage()
const select = form?.elements.namedItem("lead_photo")
if (known && select?.tagName === "SELECT") begin()

function begin() {
  const row = select.closest(".form-row")
  const caption = form.elements.namedItem("lead_caption")
  const place = make("div", { className: "lead-photo", id: "lead-photo", role: "group", "aria-label": row.querySelector("label").textContent.trim().replace(/:$/, "") })
  const undo = undoing()
  const told = undo.element
  told.classList.add("lead-photo-told")
  let now = select.selectedOptions[0]?.dataset.row ? JSON.parse(select.selectedOptions[0].dataset.row) : null
  const captionRow = caption?.closest(".form-row")
  let words = null

  select.classList.remove("admin-autocomplete")
  row.querySelector(".flex-container, .fieldBox")?.classList.add("is-stood-for")
  row.classList.add("is-stood-for")
  document.querySelector(".field-lead_picture")?.setAttribute("hidden", "")
  row.append(place)
  standsFor(select, () => place.querySelector("button, input"))

  function show() {
    place.classList.toggle("is-empty", !now)
    place.replaceChildren(...(now ? filled() : empty()), ...(captionRow && !now ? [captionRow] : []), told)
    if (caption) caption.placeholder = now ? captionHint(now) : ""
    captionRow?.toggleAttribute("hidden", !now && !caption.value)
  }

  function empty() {
    const choose = button(known.words.library, open)
    const file = known.mayAdd.photo ? fileButton(false, "lead-photo-file") : null
    file?.input.addEventListener("change", () => take(file.input.files[0]))
    return [make("p", { className: "lead-photo-drop", textContent: known.words.drop }), choose, ...(file ? [file.label] : [])]
  }

  function filled() {
    const tools = make("div", { className: "lead-photo-tools" }, [
      button(known.words.exchange, open),
      button(known.words.editWords, edit),
      button(known.words.takeOff, takeOff),
    ])
    const credit = make("p", { className: "lead-photo-credit" }, creditLine(now))
    const shown = make("div", { className: "lead-photo-picture" }, [picture(now, "picture"), tools])
    return [shown, ...(captionRow ? [captionRow] : []), credit, ...(words ? [words.element] : [])]
  }

  function button(text, act) {
    const made = make("button", { type: "button", className: "button", textContent: text })
    made.addEventListener("click", act)
    return made
  }

  function takeOff() {
    const before = now
    put(null)
    place.querySelector("button").focus()
    undo.offer(before.title, () => put(before))
  }

  async function edit() {
    if (words) {
      if (await words.save()) words = null
      return show()
    }
    told.textContent = ""
    const answer = await look(now).catch(() => null)
    if (!answer) return (told.textContent = known.words.failed)
    if (!answer.may_change) return (told.textContent = known.words.notYours)
    Object.assign(now, answer.photo)
    ask()
    words.element.querySelector(answer.photo.alt || answer.photo.is_decorative ? "textarea" : ".photo-words-alt textarea").focus()
  }

  function ask() {
    const photo = now
    words = wordsForm(photo, (shown) => {
      if (photo !== now) return
      place.querySelector(".lead-photo-credit").replaceChildren(...creditLine(shown))
      if (caption) caption.placeholder = captionHint(shown)
    })
    show()
  }

  async function open() {
    const chosen = await chooseFromLibrary()
    if (chosen?.files) await take(chosen.files[0])
    else if (chosen) put(chosen.photos[0])
    place.querySelector("button")?.focus()
  }

  /* A picture that is in the library already is taken from there, and the place says so. */
  async function take(file) {
    if (!file) return
    place.classList.add("is-waiting")
    const answer = await upload(file, (text) => (told.textContent = text)).catch(() => ({ why: known.words.failed }))
    place.classList.remove("is-waiting")
    if (!answer.photo) return void (told.textContent = answer.why)
    if (answer.known) return offer(answer)
    put(answer.photo)
    told.replaceChildren(sentence(answer), ...likes(answer, put))
    ask()
    words.element.querySelector("textarea").focus()
  }

  function offer(answer) {
    const use = button(known.words.use, () => {
      told.replaceChildren()
      put(answer.photo)
    })
    told.replaceChildren(picture(answer.photo), sentence(answer), " ", use)
    use.focus()
  }

  function put(photo) {
    now = photo
    words = null
    told.replaceChildren()
    const option = photo ? make("option", { value: photo.id, textContent: photo.title, dataset: { row: JSON.stringify(photo) } }) : make("option", { value: "" })
    select.replaceChildren(make("option", { value: "" }), ...(photo ? [option] : []))
    select.value = photo?.id ?? ""
    show()
    select.dispatchEvent(new Event("change", { bubbles: true }))
  }

  for (const name of ["dragenter", "dragover"]) {
    place.addEventListener(name, (event) => {
      if (!holdsFiles(event.dataTransfer)) return
      event.preventDefault()
      place.classList.add("is-over")
    })
  }
  place.addEventListener("dragleave", (event) => {
    if (!place.contains(event.relatedTarget)) place.classList.remove("is-over")
  })
  place.addEventListener("drop", (event) => {
    place.classList.remove("is-over")
    if (!holdsFiles(event.dataTransfer)) return
    event.preventDefault()
    take(picturesOf(event.dataTransfer)[0])
  })
  /* Beside a place for pictures, the browser would open the file instead of the page. */
  for (const name of ["dragover", "drop"]) {
    addEventListener(name, (event) => {
      if (!holdsFiles(event.dataTransfer) || event.defaultPrevented) return
      event.preventDefault()
      event.dataTransfer.dropEffect = "none"
    })
  }
  /* A picture pasted anywhere but into a text is for this place. */
  document.addEventListener("paste", (event) => {
    const [file] = picturesOf(event.clipboardData)
    const isElsewhere = event.target.closest?.("[contenteditable=true], dialog") || event.clipboardData.getData("text/plain")
    if (!file || isElsewhere || event.defaultPrevented) return
    event.preventDefault()
    take(file)
  })
  show()
}
