/* What the nodes of ours share: a related story, a photo and an embed are chosen in a dialog and stand between blocks. */

import { crel, Node, pm } from "django-prose-editor/editor"

/* A node that is shown whole and changed in a dialog. `attributes`: { name: its value in the dom }, `render(attrs)` the
   stored element, `choose(options, attrs)` asks for new attributes, `fill(dom, attrs, options)` shows them. */
export function ours(name, { match, attributes, render, choose, fill }) {
  return Node.create({
    name,
    group: "ours",
    atom: true,
    draggable: true,
    parseHTML: () => [{ tag: match }],
    renderHTML: ({ node: { attrs } }) => render(attrs),

    addAttributes: () =>
      Object.fromEntries(
        Object.entries(attributes).map(([key, parseHTML]) => [key, { default: null, parseHTML, rendered: false }]),
      ),

    addNodeView() {
      return ({ node, editor, getPos }) => {
        const dom = crel("div", { className: `desk-node desk-${name}` })
        const show = (attrs) => fill(dom, attrs, this.options)
        dom.addEventListener("dblclick", () => edit(editor, getPos(), this.options))
        show(node.attrs)
        return { dom, update: (changed) => changed.type.name === name && (show(changed.attrs), true) }
      }
    },

    addKeyboardShortcuts() {
      return {
        Enter: () => {
          const { node, from } = this.editor.state.selection
          if (node?.type.name !== name) return false
          edit(this.editor, from, this.options)
          return true
        },
      }
    },

    addMenuItems({ menu }) {
      menu.defineItem({
        name,
        groups: "insert",
        command: async (editor) => {
          const attrs = await choose(this.options, {})
          if (attrs) insert(editor, { type: name, attrs })
          else editor.commands.focus()
        },
      })
    },
  })

  async function edit(editor, position, options) {
    const { attrs } = editor.state.doc.nodeAt(position)
    const chosen = await choose(options, attrs)
    const steps = editor.chain().setNodeSelection(position)
    if (chosen) steps.updateAttributes(name, chosen)
    steps.focus().run()
  }
}

/* Inserts `node` after the block with the cursor, or replaces that block if it is empty. */
export function insert(editor, node) {
  const { doc, selection } = editor.state
  const { $from, to } = selection
  const isEmpty = $from.depth === 1 && $from.parent.isTextblock && !$from.parent.content.size
  const start = isEmpty ? $from.before(1) : $from.depth ? $from.after(1) : to
  const end = isEmpty ? $from.after(1) : start
  const content = end === doc.content.size ? [node, { type: "paragraph" }] : [node]
  editor
    .chain()
    .insertContentAt({ from: start, to: end }, content)
    .command(({ tr }) => tr.setSelection(pm.state.TextSelection.near(tr.doc.resolve(start + 1))))
    .focus()
    .scrollIntoView()
    .run()
}

export const submitLabel = (labels, attrs, key = "uid") => (attrs[key] ? labels.update : labels.insert)

export const standing = (story) =>
  crel("span", { className: `chip chip-${story.standing}`, textContent: story.standing_label })

export const storyChoice = (story) => [
  crel("span", { className: "desk-headline", textContent: story.headline }),
  crel("small", {}, [standing(story), ` ${story.date} · ${story.edition}`]),
]

export const photoChoice = (photo, labels) => [
  picture(photo, labels),
  crel("span", { textContent: photo.title }),
  crel("small", { textContent: photo.credit }),
]

export const picture = (photo, labels) =>
  photo.thumbnail
    ? crel("img", { src: photo.thumbnail, alt: "", width: 320, height: 240, loading: "lazy" })
    : crel("span", { className: "chip chip-missing", textContent: labels.lost })
