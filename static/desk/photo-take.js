/* A picture that was dropped, pasted or chosen becomes a photo of the library.

   takePhoto(file) asks for its words in a dialog and resolves to the photo ({ id, uid, caption, credit, alt, picture …}),
   or to null if nothing is to be used. upload(file, tell) resolves to { photo, known, remarks, alike } or { why }; `alike`
   are the photos that the library had and that look like it. */

import { fill, known, make } from "./make.js"
import { wordsForm } from "./photo-words.js"
import { Sender } from "./upload-sender.js"

const SECONDS = [1, 2, 4]
const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))

/* The pictures of a paste or drop. */
export const picturesOf = (transfer) => [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"))
export const holdsFiles = (transfer) => Boolean(transfer?.types.includes("Files"))

function senderOf() {
  const form = make("form", { action: known.addresses.upload, method: "post", "data-upload": "" })
  const token = document.querySelector("#content-main form [name=csrfmiddlewaretoken]").value
  form.append(make("input", { name: "csrfmiddlewaretoken", value: token }), make("input", { name: "since", value: known.openedAt }))
  return new Sender(form, known.upload)
}

let sender = null

export async function upload(file, tell = () => {}) {
  if (file.size > known.mostBytes) return { why: known.tooLarge }
  sender ??= senderOf()
  let isAgain = false
  for (const seconds of [...SECONDS, 0]) {
    tell(known.upload.sending)
    const answer = await sender.send(file, isAgain)
    if (answer.isDone) return told(answer)
    isAgain = true
    if (answer.isStop || !seconds) return { why: answer.why }
    tell(known.upload.again)
    await pause(seconds)
  }
}

function told({ result, why }) {
  if (!result) return { why }
  if (!result.photo) return { why: result.error }
  return { photo: result.photo, known: Boolean(result.error), remarks: result.remarks ?? [], alike: (result.alike ?? []).map((other) => other.photo) }
}

let dialogs = 0

export function takePhoto(file) {
  const id = `photo-take-${++dialogs}`
  const status = make("p", { role: "status", className: "photo-take-told", textContent: known.upload.sending })
  const place = make("div", { className: "photo-take-place" })
  const use = make("button", { value: "use", className: "button default", textContent: known.words.use, disabled: true })
  const cancel = make("button", { type: "button", className: "button", textContent: known.words.cancel })
  const form = make("form", { method: "dialog" }, [
    make("h2", { id, textContent: fill(known.words.newPhoto, { name: file.name || known.words.picture }) }),
    status,
    place,
    make("p", { className: "desk-buttons" }, [use, cancel]),
  ])
  const dialog = make("dialog", { className: "desk-dialog photo-take", "aria-labelledby": id }, [form])
  document.body.append(dialog)
  dialog.showModal()
  cancel.addEventListener("click", () => dialog.close())
  return new Promise((resolve) => {
    let photo = null
    let words = null
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(dialog.returnValue === "use" ? photo : null)
    })
    form.addEventListener("submit", async (event) => {
      event.preventDefault()
      if (!words || (await words.save())) dialog.close("use")
    })
    upload(file, (text) => (status.textContent = text)).then((answer) => {
      status.textContent = answer.why ?? sentence(answer)
      status.classList.toggle("is-wrong", Boolean(answer.why))
      if (!answer.photo) return
      photo = answer.photo
      words = answer.known ? null : wordsForm(photo)
      place.append(picture(photo), ...(words ? [words.element] : [captionOf(photo)]))
      place.after(
        ...likes(answer, (other) => {
          photo = other
          dialog.close("use")
        }),
      )
      use.disabled = false
      ;(words?.element.querySelector("textarea") ?? use).focus()
    })
  })
}

/* What came of an upload, in a sentence. */
export function sentence({ known: isKnown, photo, remarks, alike }) {
  if (isKnown) return fill(known.words.known, { title: photo.title })
  const likes = alike.map((other) => other.title).join("; ")
  return [...remarks, likes && fill(known.words.alike, { titles: likes })].filter(Boolean).join(" ")
}

/* A button for each photo of the library that looks like the new one; `use` is told which is taken instead of it. */
export function likes({ known: isKnown, alike }, use) {
  if (isKnown || !alike.length) return []
  const buttons = alike.map((other) => {
    const told = make("span", { textContent: fill(known.words.useInstead, { title: other.title }) })
    const button = make("button", { type: "button", className: "button photo-like" }, [picture(other), told])
    button.addEventListener("click", () => use(other))
    return button
  })
  return [make("div", { className: "photo-likes" }, buttons)]
}

const captionOf = (photo) =>
  make("p", { className: "photo-take-caption" }, [photo.caption, " ", make("small", { textContent: photo.credit })])

export const picture = (photo, size = "thumbnail") =>
  photo[size]
    ? make("img", { src: photo[size], alt: "", width: size === "picture" ? photo.width : 320, height: size === "picture" ? photo.height : 240 })
    : make("span", { className: "chip chip-missing", textContent: known.words.lost })
