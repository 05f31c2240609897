/* Our additions to the text editor: a related story, a photo, a page break, and typographic quotes.
   articles/text/body.py allows the markup of these nodes; articles/admin/editor.py gives their texts and addresses. */

import {
  crel,
  Document as BaseDocument,
  Extension,
  HorizontalRule,
  Link as BaseLink,
  Node,
  Plugin,
  pm,
  textInputRule,
} from "django-prose-editor/editor"
import { ask, look } from "./dialog.js"
import { address, problem } from "./links.js"
import { apart } from "./paste.js"

// The editor adds a style sheet without a nonce unless it finds one already; desk.css has the rules.
const { nonce } = document.querySelector("script[nonce]")
document.head.append(crel("style", { nonce, "data-tiptap-style": "" }))

// Our nodes stand between blocks of text, never inside a list or quotation: body.clean would move them behind it.
export const Document = BaseDocument.extend({
  addOptions: () => ({ ours: false }),
  content() {
    return this.options.ours ? "(block | ours)+" : "block+"
  },
})

export const Desk = Extension.create({
  name: "desk",

  onCreate() {
    for (const button of this.editor.storage.menu.dom.querySelectorAll("button[data-name]")) {
      const label = this.options.buttons[button.dataset.name]
      if (label) {
        button.title = label
        button.setAttribute("aria-label", label)
      }
    }
  },

  addInputRules() {
    return [
      textInputRule({ find: /(?:^|[\s([{<'"‘“–—/-])(")$/, replace: "“" }),
      textInputRule({ find: /"$/, replace: "”" }),
      textInputRule({ find: /(?:^|[\s([{<"“–—/-])(')$/, replace: "‘" }),
      textInputRule({ find: /'$/, replace: "’" }),
    ]
  },

  addProseMirrorPlugins() {
    const attributes = { role: "textbox", "aria-multiline": "true", "aria-label": this.options.label }
    return [new Plugin({ props: { attributes, transformPastedHTML: apart } })]
  },
})

// No accidental links: only a whole address pasted over selected words becomes a link.
export const Link = BaseLink.extend({
  addOptions() {
    return {
      ...this.parent?.(),
      autolink: false,
      shouldAutoLink: (url) => /^https?:\/\//i.test(url),
      isAllowedUri: (url, { protocols }) => address(url ?? "", protocols) !== "",
    }
  },

  addPasteRules: () => [],

  addAttributes() {
    const kept = (dom) => address(dom.getAttribute("href") ?? "", this.options.protocols)
    return { ...this.parent?.(), href: { default: null, parseHTML: kept } }
  },

  addCommands() {
    const { labels, protocols } = this.options
    return {
      ...this.parent?.(),
      addLink: () => ({ editor }) => {
        const href = editor.getAttributes("link").href ?? ""
        const check = (typed) => labels.wrong[problem(typed, protocols)]
        const field = { name: "href", label: labels.address, help: labels.help, value: href, required: true, check }
        ask({ labels, title: labels.title, submit: href ? labels.update : labels.insert, field }).then((chosen) => {
          const steps = editor.chain().focus()
          if (chosen) steps.extendMarkRange("link").setLink({ href: address(chosen.href, protocols) })
          steps.run()
        })
        return true
      },
    }
  },
})

export const RelatedStory = ours("relatedStory", {
  tag: "aside",
  attribute: "data-story",
  icon: "link",
  choose: ({ search, labels }, attrs) =>
    ask({
      labels,
      search,
      title: labels.title,
      submit: submitLabel(labels, attrs),
      chosen: attrs.uid,
      choice: storyChoice,
    }),
  fill: async (dom, { uid }, { search, labels }) => {
    const [story] = await look(search, { uid })
    const headline = crel("span", { className: "desk-headline", textContent: story?.headline ?? labels.missing })
    const chip = story && story.standing !== "live" ? [" ", standing(story)] : []
    dom.replaceChildren(crel("strong", { textContent: labels.prefix }), " ", headline, ...chip)
  },
})

export const LibraryPhoto = ours("libraryPhoto", {
  tag: "figure",
  attribute: "data-photo",
  icon: "image",
  caption: true,
  choose: ({ search, labels }, attrs) =>
    ask({
      labels,
      search,
      title: labels.title,
      submit: submitLabel(labels, attrs),
      chosen: attrs.uid,
      choice: (photo) => photoChoice(photo, labels),
      field: { name: "caption", label: labels.caption, help: labels.own, value: attrs.caption ?? "", long: true },
    }),
  fill: async (dom, { uid, caption }, { search, labels }) => {
    const [photo] = await look(search, { uid })
    const credit = crel("small", { textContent: photo?.credit ?? "" })
    const words = crel("figcaption", {}, [caption || photo?.caption || "", " ", credit])
    dom.replaceChildren(photo ? picture(photo, labels) : crel("strong", { textContent: labels.missing }), words)
  },
})

export const PageBreak = HorizontalRule.extend({
  group: "ours",
  addInputRules: () => [],

  addNodeView() {
    return () => ({ dom: crel("div", { className: "desk-node desk-break", textContent: this.options.labels.next }) })
  },

  addMenuItems({ menu, buttons }) {
    // Replaces the editor's own item of that name, whose button says "horizontal rule".
    menu.defineItem({
      name: "horizontalRule",
      groups: "ours",
      button: labelled(buttons, "insert_page_break", this.options.labels.button),
      command: (editor) => insert(editor, { type: "horizontalRule" }),
    })
  },
})

/* A node that refers to a row of the newsroom by its uid. `choose` asks for { uid, … }, `fill` shows the row. */
function ours(name, { tag, attribute, icon, caption, choose, fill }) {
  return Node.create({
    name,
    group: "ours",
    atom: true,
    draggable: true,
    parseHTML: () => [{ tag: `${tag}[${attribute}]` }],

    addAttributes: () => ({
      uid: { parseHTML: (dom) => dom.getAttribute(attribute), rendered: false },
      ...(caption && { caption: { parseHTML: (dom) => dom.textContent.trim(), rendered: false } }),
    }),

    renderHTML({ node: { attrs } }) {
      return [tag, { [attribute]: attrs.uid }, ...(caption ? [["figcaption", attrs.caption ?? ""]] : [])]
    },

    addNodeView() {
      return ({ node, editor, getPos }) => {
        const dom = crel("div", { className: `desk-node desk-${tag}` })
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

    addMenuItems({ menu, buttons }) {
      menu.defineItem({
        name,
        groups: "ours",
        priority: caption ? 120 : 130,
        button: labelled(buttons, icon, this.options.labels.button),
        active: (editor) => editor.isActive(name),
        command: async (editor) => {
          if (editor.isActive(name)) return edit(editor, editor.state.selection.from, this.options)
          const attrs = await choose(this.options, {})
          if (attrs) insert(editor, { type: name, attrs })
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
function insert(editor, node) {
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

function labelled(buttons, icon, label) {
  const button = buttons.text("", label)
  button.classList.add("desk-button")
  button.append(crel("span", { className: "material-icons", textContent: icon, "aria-hidden": "true" }), label)
  return button
}

const submitLabel = (labels, attrs) => (attrs.uid ? labels.update : labels.insert)

const standing = (story) =>
  crel("span", { className: `chip chip-${story.standing}`, textContent: story.standing_label })

const storyChoice = (story) => [
  crel("span", { className: "desk-headline", textContent: story.headline }),
  crel("small", {}, [standing(story), ` ${story.date} · ${story.edition}`]),
]

const photoChoice = (photo, labels) => [
  picture(photo, labels),
  crel("span", { textContent: photo.title }),
  crel("small", { textContent: photo.credit }),
]

const picture = (photo, labels) =>
  photo.thumbnail
    ? crel("img", { src: photo.thumbnail, alt: "", width: 320, height: 240, loading: "lazy" })
    : crel("span", { className: "chip chip-missing", textContent: labels.lost })
