/* Notes in the text: a button of the toolbar writes one on the chosen words, and each passage with a note is marked.
   The marks are decorations: nothing of them stands in the text that is saved. */

import { Extension, Plugin, pm } from "django-prose-editor/editor"
import { find, findChanged, indexed, passage, readable } from "./passages.js"

const { Decoration, DecorationSet } = pm.view
const KEY = new pm.state.PluginKey("notes")
const LONGEST = 500
const REST = 400 // milliseconds without a key, before the passages are looked for again

const noted = () => [...document.querySelectorAll("#talk [data-quote]")]

/* The marks of the open notes; each note tells whether its passage still stands, or in other words. */
function marked(doc) {
  const words = readable(doc)
  const marks = []
  let index = null
  for (const note of noted()) {
    const found = find(words, note.dataset)
    const place = found ?? findChanged((index ??= indexed(words)), note.dataset)
    note.querySelector(".talk-changed").hidden = found !== null || place === null
    note.querySelector(".talk-gone").hidden = place !== null
    if (place && note.dataset.resolved === undefined) {
      marks.push(Decoration.inline(...place, { class: "desk-noted", "data-note": note.id }))
    }
  }
  return DecorationSet.create(doc, marks)
}

function look(view) {
  if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(KEY, marked(view.state.doc)).setMeta("addToHistory", false))
}

function lead(id) {
  const note = document.getElementById(id)
  if (!note) return false
  document.dispatchEvent(new CustomEvent("desk:panel"))
  note.closest("details")?.setAttribute("open", "")
  note.scrollIntoView({ block: "nearest" })
  note.focus({ preventScroll: true })
  return true
}

function write(editor) {
  const { from, to } = editor.state.selection
  const chosen = from < to && passage(readable(editor.state.doc), from, to)
  if (!chosen?.quote) return
  document.dispatchEvent(new CustomEvent("desk:note", { detail: { ...chosen, quote: chosen.quote.slice(0, LONGEST) } }))
}

class Marks {
  constructor(view) {
    this.view = view
    this.again = () => look(view)
    document.addEventListener("desk:notes", this.again)
    setTimeout(this.again)
  }

  update(view, before) {
    if (before.doc === view.state.doc || !noted().length) return
    clearTimeout(this.timer)
    this.timer = setTimeout(this.again, REST)
  }

  destroy() {
    clearTimeout(this.timer)
    document.removeEventListener("desk:notes", this.again)
  }
}

export const Notes = Extension.create({
  name: "notes",
  addOptions: () => ({ labels: {} }),

  addMenuItems({ menu, buttons }) {
    if (!document.getElementById("talk")) return
    menu.defineItem({
      name: "note",
      groups: "note",
      button: buttons.material("add_comment", this.options.labels.note),
      command: write,
    })
  },

  addKeyboardShortcuts() {
    return { "Mod-Alt-m": () => (write(this.editor), true) }
  },

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: KEY,
        state: {
          init: () => DecorationSet.empty,
          apply: (tr, shown) => tr.getMeta(KEY) ?? shown.map(tr.mapping, tr.doc),
        },
        view: (view) => new Marks(view),
        props: {
          decorations: (state) => KEY.getState(state),
          handleClick: (_view, _place, event) => {
            const mark = event.target.closest?.("[data-note]")
            return Boolean(mark && getSelection().isCollapsed && lead(mark.dataset.note))
          },
        },
      }),
    ]
  },
})
