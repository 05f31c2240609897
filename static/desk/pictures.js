/* A picture that is dropped or pasted into the text becomes a photo of the library, with its words, and stands there. */

import { Extension, Plugin, pm } from "django-prose-editor/editor"
import { insert } from "./ours.js"

const picturesIn = (transfer) => [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"))

/* Office programs give a picture of the words beside the words themselves. */
const hasWords = (transfer) => Boolean(transfer?.getData("text/plain").trim())

async function take(editor, files) {
  const { takePhoto } = await import("./photo-take.js")
  for (const file of files) {
    const photo = await takePhoto(file)
    if (photo) insert(editor, { type: "libraryPhoto", attrs: { uid: photo.uid, caption: "" } })
  }
  editor.commands.focus()
}

export const Pictures = Extension.create({
  name: "pictures",

  addProseMirrorPlugins() {
    const { editor } = this
    const given = (event, transfer) => {
      const files = picturesIn(transfer)
      if (!files.length || hasWords(transfer) || !document.getElementById("part-words")) return false
      event.preventDefault()
      event.stopPropagation()
      take(editor, files)
      return true
    }
    const handleDrop = (view, event) => {
      const place = picturesIn(event.dataTransfer).length && view.posAtCoords({ left: event.clientX, top: event.clientY })
      if (place) view.dispatch(view.state.tr.setSelection(pm.state.TextSelection.near(view.state.doc.resolve(place.pos))))
      return given(event, event.dataTransfer)
    }
    return [new Plugin({ props: { handleDrop, handlePaste: (_view, event) => given(event, event.clipboardData) } })]
  },
})
