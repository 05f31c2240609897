/* Find and replace within the text: Ctrl+F in it, or the button above it. */

import { crel, Extension, Plugin, pm } from "django-prose-editor/editor"

const { Decoration, DecorationSet } = pm.view
const KEY = new pm.state.PluginKey("find")
const NOTHING = { words: "", found: [], at: -1, shown: DecorationSet.empty }

/* [from, to] of each place of the words in the text, in any case; words across a mark are found, across a block not. */
export function places(doc, words) {
  const found = []
  const wanted = words.toLowerCase()
  if (wanted) {
    doc.descendants((node, start) => {
      if (!node.isTextblock) return true
      const text = node.textBetween(0, node.content.size, "", "\ufffc").toLowerCase()
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
        found.push([start + 1 + at, start + 1 + at + wanted.length])
      }
      return false
    })
  }
  return found
}

function looked(doc, words, near) {
  const found = places(doc, words)
  const at = found.length ? Math.max(0, found.findIndex(([from]) => from >= near)) : -1
  return { words, found, at, shown: marked(doc, found, at) }
}

const marked = (doc, found, at) =>
  DecorationSet.create(
    doc,
    found.map(([from, to], index) => Decoration.inline(from, to, { class: index === at ? "desk-found desk-found-now" : "desk-found" })),
  )

class Panel {
  constructor(editor, labels) {
    Object.assign(this, { editor, labels })
    this.words = this.field("find", labels.find)
    this.other = this.field("replace", labels.replace)
    this.told = crel("output", { className: "desk-find-told" })
    const button = (label, act, sign = label) => {
      const named = sign === label ? {} : { "aria-label": label, title: label }
      const made = crel("button", { type: "button", className: "button quiet", textContent: sign, ...named })
      made.addEventListener("click", act)
      return made
    }
    const line = (...parts) => crel("div", { className: "desk-find-line" }, parts)
    this.dom = crel("div", { className: "desk-find", role: "search", "aria-label": labels.title, hidden: true }, [
      line(
        ...this.words.parts,
        this.told,
        button(labels.before, () => this.step(-1), "↑"),
        button(labels.next, () => this.step(1), "↓"),
        button(labels.close, () => this.close(), "×"),
      ),
      line(
        ...this.other.parts,
        button(labels.one, () => this.replaceOne()),
        button(labels.every, () => this.replaceEvery()),
      ),
    ])
    this.words.input.addEventListener("input", () => this.look(editor.state.selection.from))
    this.dom.addEventListener("keydown", (event) => this.key(event))
    editor.view.dom.parentElement.prepend(this.dom)
  }

  field(name, label) {
    const input = crel("input", { type: "text", autocomplete: "off", placeholder: label, id: `desk-${name}-${Math.random().toString(36).slice(2)}` })
    return { input, parts: [crel("label", { htmlFor: input.id, textContent: label }), input] }
  }

  get state() {
    return KEY.getState(this.editor.state)
  }

  open() {
    const { from, to } = this.editor.state.selection
    const chosen = this.editor.state.doc.textBetween(from, to, " ")
    if (chosen && chosen.length < 100) this.words.input.value = chosen
    this.dom.hidden = false
    this.words.input.select()
    this.words.input.focus()
    this.look(from)
  }

  close() {
    this.dom.hidden = true
    const { found, at } = this.state
    this.set(NOTHING)
    const steps = this.editor.chain()
    if (found[at]) steps.setTextSelection({ from: found[at][0], to: found[at][1] })
    steps.focus().run()
  }

  set(state) {
    this.editor.view.dispatch(this.editor.state.tr.setMeta(KEY, state).setMeta("addToHistory", false))
    this.tell()
  }

  look(near) {
    this.set(looked(this.editor.state.doc, this.words.input.value, near))
    this.reveal()
  }

  step(by) {
    const { words, found, at } = this.state
    if (!found.length) return
    const next = (at + by + found.length) % found.length
    this.set({ words, found, at: next, shown: marked(this.editor.state.doc, found, next) })
    this.reveal()
  }

  reveal() {
    this.editor.view.dom.querySelector(".desk-found-now")?.scrollIntoView({ block: "nearest" })
  }

  tell() {
    const { words, found, at } = this.state
    const { labels } = this
    this.told.value = !words ? "" : found.length ? labels.place.replace("{at}", at + 1).replace("{count}", found.length) : labels.none
  }

  replaceOne() {
    const { found, at } = this.state
    if (!found[at]) return
    const [from, to] = found[at]
    this.editor.view.dispatch(put(this.editor.state.tr, from, to, this.other.input.value))
    this.look(from + this.other.input.value.length)
  }

  replaceEvery() {
    const { found } = this.state
    const { tr } = this.editor.state
    for (const [from, to] of [...found].reverse()) put(tr, from, to, this.other.input.value)
    this.editor.view.dispatch(tr)
    this.look(0)
    this.told.value = this.labels.done.replace("{count}", found.length)
  }

  key(event) {
    if (event.key === "Escape") this.close()
    else if (event.key === "Enter" && event.target === this.words.input) this.step(event.shiftKey ? -1 : 1)
    else if (event.key === "Enter" && event.target === this.other.input) this.replaceOne()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}

/* The new words have the marks of the first old one. */
const put = (tr, from, to, words) =>
  words ? tr.replaceWith(from, to, tr.doc.type.schema.text(words, tr.doc.nodeAt(from).marks)) : tr.delete(from, to)

export const FindAndReplace = Extension.create({
  name: "findAndReplace",
  addOptions: () => ({ labels: {} }),
  addStorage: () => ({ panel: null }),

  onCreate() {
    this.storage.panel = new Panel(this.editor, this.options.labels)
  },

  addKeyboardShortcuts() {
    const open = () => (this.storage.panel.open(), true)
    return { "Mod-f": open, "Mod-h": open }
  },

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: KEY,
        state: {
          init: () => NOTHING,
          apply: (tr, state) => {
            const set = tr.getMeta(KEY)
            if (set) return set
            return tr.docChanged && state.words ? looked(tr.doc, state.words, tr.selection.from) : state
          },
        },
        props: { decorations: (state) => KEY.getState(state).shown },
      }),
    ]
  },
})
