/* The two buttons above the text: for those who do not know "/" and Ctrl+F. */

import { crel, Extension } from "django-prose-editor/editor"

export const Tools = Extension.create({
  name: "tools",
  addOptions: () => ({ labels: {} }),

  onCreate() {
    const { editor, options } = this
    const { slash, findAndReplace } = editor.storage
    const button = (label, icon, act) => {
      const sign = crel("span", { className: "material-icons", textContent: icon, "aria-hidden": "true" })
      const made = crel("button", { type: "button", className: "button quiet" }, [sign, label])
      made.addEventListener("click", act)
      return made
    }
    editor.view.dom.dataset.hint = options.labels.hint
    editor.view.dom.parentElement.append(
      crel("div", { className: "desk-tools" }, [
        button(options.labels.insert, "add", () => slash.menu.open()),
        button(options.labels.find, "search", () => findAndReplace.panel.open()),
      ]),
    )
  },
})
