/* A quotation, and words of the text itself that are set large ("pull quote"). */

import { Blockquote as BaseQuote } from "django-prose-editor/editor"

export const Blockquote = BaseQuote.extend({
  addOptions() {
    return { ...this.parent?.(), labels: {} }
  },

  addAttributes: () => ({
    pull: {
      default: false,
      parseHTML: (dom) => dom.hasAttribute("data-pull"),
      renderHTML: ({ pull }) => (pull ? { "data-pull": "" } : {}),
    },
  }),

  addMenuItems({ menu, buttons }) {
    const item = (name, icon, pull) =>
      menu.defineItem({
        name,
        groups: "quotes",
        button: buttons.material(icon, this.options.labels[name]),
        active: (editor) => editor.isActive("blockquote", { pull }),
        command: (editor) => {
          const steps = editor.chain().focus()
          if (editor.isActive("blockquote", { pull })) steps.lift("blockquote").run()
          else if (editor.isActive("blockquote")) steps.updateAttributes("blockquote", { pull }).run()
          else steps.wrapIn("blockquote", { pull }).run()
        },
      })
    item("quotation", "format_quote", false)
    item("pullQuote", "short_text", true)
  },
})
