/* The gallery as thumbnails in an order, each with its caption, over the rows of the form. Without this script the rows
   stay as the admin writes them. */

import { FormRows } from "./form-rows.js"
import { fill, known, make } from "./make.js"
import { orderable } from "./order.js"
import { chooseFromLibrary } from "./photo-library.js"
import { holdsFiles, likes, picture, picturesOf, sentence, upload } from "./photo-take.js"
import { captionHint, creditLine, look, wordsForm } from "./photo-words.js"
import { standsFor } from "./stand-in.js"
import { undoing } from "./undo.js"

const group = document.getElementById("gallery-group")
if (known && group?.querySelector("tr.empty-form, tr.form-row select")) begin()

function begin() {
  const rows = new FormRows(group, "photo")
  const list = make("ul", { className: "gallery", "aria-label": group.querySelector("h2, h3, summary").textContent.trim() })
  const undo = undoing()
  const add = make("button", { type: "button", className: "button gallery-add", textContent: known.words.addPhoto })
  const errors = rows.errors()
  const place = make("div", { className: "gallery-place" }, [
    list,
    ...(rows.canAdd() ? [add] : []),
    undo.element,
    ...(errors.length ? [make("ul", { className: "errorlist" }, errors.map((text) => make("li", { textContent: text })))] : []),
  ])
  group.classList.add("is-stood-for")
  ;(group.querySelector("fieldset") ?? group).append(place)
  for (const tr of rows.all()) standsFor(rows.field(tr, "photo"), () => add)
  standsFor(group, () => add)

  const all = () => [...list.children]
  const number = () => rows.number(all().map((item) => item.row))
  const button = (text, act, kind = "") => {
    const made = make("button", { type: "button", className: `button quiet ${kind}`, textContent: text })
    made.addEventListener("click", act)
    return made
  }

  function card(tr) {
    const photo = rows.shown(tr)
    const caption = rows.field(tr, "caption")
    caption.setAttribute("aria-label", `${known.words.captionHere}: ${photo.title}`)
    caption.placeholder = captionHint(photo)
    const handle = make("button", { type: "button", className: "gallery-handle", title: known.words.orderHelp, "aria-label": photo.title }, [picture(photo)])
    const credit = make("p", { className: "gallery-credit" }, creditLine(photo))
    const item = make("li", { className: "gallery-item" }, [handle, make("div", { className: "gallery-words" }, [caption, credit])])
    const step = (text, side) => {
      const made = button(text === known.words.earlier ? "←" : "→", () => {
        const other = side === "before" ? item.previousElementSibling : item.nextElementSibling
        if (!other) return
        other[side](item)
        made.focus()
        moved(item)
      })
      made.setAttribute("aria-label", `${text}: ${photo.title}`)
      return made
    }
    const out = button("×", () => remove(item), "chip-out")
    out.setAttribute("aria-label", fill(known.words.removeNamed, { name: photo.title }))
    const tools = [step(known.words.earlier, "before"), step(known.words.later, "after"), out, button(known.words.editWords, () => edit(item, photo, credit))]
    item.querySelector(".gallery-words").append(make("p", { className: "gallery-tools" }, tools))
    item.row = tr
    return item
  }

  async function edit(item, photo, credit) {
    const open = item.querySelector(".photo-words")
    if (open) return (await item.words.save()) && open.remove()
    const answer = await look(photo).catch(() => null)
    if (!answer?.may_change) return undo.say(answer ? known.words.notYours : known.words.failed)
    item.words = wordsForm(Object.assign(photo, answer.photo), (shown) => credit.replaceChildren(...creditLine(shown)))
    item.querySelector(".gallery-words").append(item.words.element)
    item.words.element.querySelector("textarea").focus()
  }

  function moved(item) {
    number()
    rows.changed(item.row)
    const said = { name: rows.shown(item.row).title, place: all().indexOf(item) + 1, count: list.childElementCount }
    undo.say(fill(known.words.moved, said))
  }

  function remove(item) {
    const { title } = rows.shown(item.row)
    const next = item.nextElementSibling
    const caption = rows.field(item.row, "caption")
    const written = caption.value
    const bringBack = rows.remove(item.row)
    if (!rows.isStored(item.row)) caption.value = "" // an empty row is none
    item.row.append(caption)
    item.remove()
    ;(next?.querySelector(".gallery-handle") ?? add).focus()
    undo.offer(title, () => {
      const tr = bringBack()
      rows.field(tr, "caption").value = written
      const made = card(tr)
      if (next?.isConnected) next.before(made)
      else list.append(made)
      number()
      made.querySelector(".gallery-handle").focus()
    })
  }

  function put(photo) {
    if (all().some((item) => rows.value(item.row) === photo.id)) return undo.say(fill(known.words.repeated, { name: photo.title }))
    const made = card(rows.add(photo))
    list.append(made)
    number()
    return made
  }

  /* Another photo at the place of one that was just taken. */
  function exchange(item, photo) {
    const other = put(photo)
    const next = item?.nextElementSibling
    if (item) remove(item)
    undo.say()
    if (!other) return undo.say(fill(known.words.repeated, { name: photo.title }))
    if (next && next !== other) next.before(other)
    number()
    other.querySelector(".gallery-handle").focus()
  }

  async function takeAll(files) {
    place.classList.add("is-waiting")
    for (const file of files) {
      const answer = await upload(file, (text) => undo.say(`${file.name}: ${text}`)).catch(() => ({ why: known.words.failed }))
      if (answer.photo) {
        const made = put(answer.photo)
        undo.say(sentence(answer), ...likes(answer, (other) => exchange(made, other)))
      } else undo.say(`${file.name}: ${answer.why}`)
    }
    place.classList.remove("is-waiting")
  }

  add.addEventListener("click", async () => {
    const chosen = await chooseFromLibrary({ several: true, without: all().map((item) => rows.value(item.row)) })
    if (chosen?.files) await takeAll(chosen.files)
    for (const photo of chosen?.photos ?? []) put(photo)
    add.focus()
  })
  place.addEventListener("dragover", (event) => holdsFiles(event.dataTransfer) && event.preventDefault())
  place.addEventListener("drop", (event) => {
    if (!holdsFiles(event.dataTransfer) || !rows.canAdd()) return
    event.preventDefault()
    takeAll(picturesOf(event.dataTransfer))
  })
  list.append(...rows.filled().map(card))
  orderable(list, { handle: ".gallery-handle", moved, removed: remove })
}
