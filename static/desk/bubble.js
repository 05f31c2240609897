/* The toolbar: over selected words, or over the table with the cursor; on a phone one row that stays above the text.
   Alt+F10 leads into it, the arrows along it, Escape back. */

import { Extension, Plugin } from "django-prose-editor/editor"

const GAP = 8

class Bubble {
  constructor(view, bar, label) {
    Object.assign(this, { view, bar })
    bar.role = "toolbar"
    bar.ariaLabel = label
    bar.addEventListener("mousedown", (event) => event.preventDefault())
    bar.addEventListener("keydown", (event) => this.key(event))
    this.buttons.forEach((button, at) => (button.tabIndex = at ? -1 : 0))
    this.leave = () => setTimeout(() => this.update())
    bar.addEventListener("focusout", this.leave)
  }

  get buttons() {
    return [...this.bar.querySelectorAll("button")]
  }

  get isWanted() {
    const { selection } = this.view.state
    const isHere = this.view.hasFocus() || this.bar.contains(document.activeElement)
    if (!isHere || selection.node) return false
    return !selection.empty || Boolean(this.table)
  }

  get table() {
    const { $from } = this.view.state.selection
    for (let depth = $from.depth; depth > 0; depth -= 1) {
      if ($from.node(depth).type.name === "table") return this.view.nodeDOM($from.before(depth))
    }
    return null
  }

  update(_view, before) {
    if (before && before.doc === this.view.state.doc && before.selection.eq(this.view.state.selection)) return
    const isShown = this.isWanted
    if (isShown !== this.bar.classList.contains("is-shown")) this.bar.classList.toggle("is-shown", isShown)
    if (isShown && getComputedStyle(this.bar).position === "absolute") this.place()
  }

  place() {
    const around = this.bar.offsetParent.getBoundingClientRect()
    const { selection } = this.view.state
    const box = selection.empty ? this.table.getBoundingClientRect() : this.view.coordsAtPos(selection.from)
    const left = Math.max(0, Math.min(box.left - around.left, around.width - this.bar.offsetWidth))
    this.bar.style.left = `${left}px`
    this.bar.style.top = `${box.top - around.top - this.bar.offsetHeight - GAP}px`
  }

  enter() {
    if (!this.isWanted) return false
    this.buttons.find((button) => button.offsetParent)?.focus()
    return true
  }

  key(event) {
    const seen = this.buttons.filter((button) => button.offsetParent)
    const at = seen.indexOf(document.activeElement)
    if (event.key === "Escape") this.view.focus()
    else if (event.key === "ArrowRight") seen[(at + 1) % seen.length]?.focus()
    else if (event.key === "ArrowLeft") seen[(at + seen.length - 1) % seen.length]?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}

export const ToolbarOverSelection = Extension.create({
  name: "toolbarOverSelection",
  addOptions: () => ({ label: "" }),
  addStorage: () => ({ bubble: null }),

  addKeyboardShortcuts() {
    return { "Alt-F10": () => this.storage.bubble?.enter() ?? false }
  },

  onCreate() {
    const { editor, options, storage } = this
    storage.bubble = new Bubble(editor.view, editor.storage.menu.dom, options.label)
    const view = (shown) => ({ update: (_view, before) => storage.bubble.update(shown, before) })
    editor.registerPlugin(
      new Plugin({ view, props: { handleDOMEvents: { blur: () => void storage.bubble.leave(), focus: () => void storage.bubble.leave() } } }),
    )
  },
})
