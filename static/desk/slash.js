/* The menu of what can be inserted: "/" in an empty paragraph, or the button above the text. It is filtered by typing. */

import { crel, Extension, Plugin } from "django-prose-editor/editor"

const TYPED = /^\/([^\s/]{0,20})$/

let lists = 0

/* What was typed after "/", if the cursor stands behind it in a paragraph of its own; else null. */
function typed({ selection: { $from, empty } }) {
  if (!empty || $from.depth !== 1 || $from.parent.type.name !== "paragraph" || $from.parent.content.size > 21) return null
  if ($from.parentOffset !== $from.parent.content.size) return null
  return TYPED.exec($from.parent.textContent)?.[1].toLowerCase() ?? null
}

class Menu {
  constructor(view, editor, { items, label, none }) {
    Object.assign(this, { view, editor, items, none, shown: [], at: 0, words: null, isClosed: false })
    this.id = `desk-slash-${++lists}`
    this.list = crel("ul", { id: this.id, className: "desk-slash", hidden: true, role: "listbox", "aria-label": label })
    this.list.addEventListener("mousedown", (event) => event.preventDefault())
    view.dom.after(this.list)
  }

  get isOpen() {
    return !this.list.hidden
  }

  update() {
    const words = this.view.hasFocus() ? typed(this.view.state) : null
    if (words === this.words) return
    this.words = words
    if (words === null) this.isClosed = false
    if (words === null || this.isClosed) return this.hide()
    this.shown = this.items.filter(({ label, words: known }) => `${label} ${known}`.toLowerCase().includes(words))
    this.choose(0)
    this.list.hidden = false
    this.place()
  }

  /* Under the cursor, or above it where no room is left below. */
  place() {
    const around = this.list.offsetParent.getBoundingClientRect()
    const { left, bottom, top } = this.view.coordsAtPos(this.view.state.selection.from)
    const height = this.list.offsetHeight
    const isAbove = bottom + height > innerHeight && top - height > 0
    const room = around.width - this.list.offsetWidth
    this.list.style.left = `${Math.max(0, Math.min(left - around.left, room))}px`
    this.list.style.top = `${(isAbove ? top - height : bottom) - around.top}px`
  }

  choose(at) {
    this.at = at
    const rows = this.shown.map(({ name, label, icon }, index) => {
      const sign = crel("span", { className: "material-icons", textContent: icon, "aria-hidden": "true" })
      const row = crel("li", { id: `${this.id}-${name}`, role: "option", "aria-selected": String(index === at) }, [sign, label])
      row.dataset.name = name
      row.addEventListener("click", () => this.take(index))
      return row
    })
    const nothing = crel("li", { className: "help", role: "option", "aria-disabled": "true", textContent: this.none })
    this.list.replaceChildren(...(rows.length ? rows : [nothing]))
    this.view.dom.setAttribute("aria-controls", this.id)
    if (rows.length) this.view.dom.setAttribute("aria-activedescendant", rows[at].id)
    rows[at]?.scrollIntoView({ block: "nearest" })
  }

  hide() {
    this.list.hidden = true
    this.view.dom.removeAttribute("aria-controls")
    this.view.dom.removeAttribute("aria-activedescendant")
  }

  take(index) {
    const { name } = this.shown[index]
    this.hide()
    this.clear()
    this.editor.storage.menu._definedItems[name].command(this.editor)
  }

  /* Takes "/…" out of the paragraph. */
  clear() {
    const { $from } = this.view.state.selection
    this.editor.chain().focus().deleteRange({ from: $from.start(), to: $from.end() }).run()
  }

  key(event) {
    if (!this.isOpen) return false
    const count = this.shown.length
    if (event.key === "ArrowDown" && count) this.choose((this.at + 1) % count)
    else if (event.key === "ArrowUp" && count) this.choose((this.at + count - 1) % count)
    else if ((event.key === "Enter" || event.key === "Tab") && count) this.take(this.at)
    else if (event.key === "Escape") this.close()
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  close() {
    this.isClosed = true
    this.hide()
    if (this.isByButton) this.clear()
    this.isByButton = false
  }

  /* As if "/" had been typed in a paragraph of its own. */
  open() {
    const { $from } = this.view.state.selection
    const isEmpty = $from.depth === 1 && $from.parent.type.name === "paragraph" && !$from.parent.content.size
    const steps = this.editor.chain().focus()
    if (!isEmpty) steps.insertContentAt($from.depth ? $from.after(1) : this.view.state.selection.to, { type: "paragraph" })
    steps.insertContent("/").scrollIntoView().run()
    this.isByButton = true
  }
}

export const Slash = Extension.create({
  name: "slash",
  addOptions: () => ({ items: [], label: "", none: "" }),
  addStorage: () => ({ menu: null }),

  addProseMirrorPlugins() {
    const { editor, options, storage } = this
    return [
      new Plugin({
        props: {
          handleKeyDown: (_view, event) => storage.menu?.key(event) ?? false,
          handleDOMEvents: { blur: () => void storage.menu?.hide() },
        },
        view: (view) => (storage.menu = new Menu(view, editor, options)),
      }),
    ]
  },
})
