/* Our additions to the text editor, the one module that the page names; each larger one has a module of its own.
   articles/text/body.py allows the markup of these nodes; articles/admin/editor.py gives their texts and addresses. */

import {
  crel,
  Document as BaseDocument,
  Extension,
  HorizontalRule,
  Link as BaseLink,
  Plugin,
  textInputRule,
} from "django-prose-editor/editor"
import { ask, look } from "./dialog.js"
import { address, problem } from "./links.js"
import { insert, ours, photoChoice, picture, standing, storyChoice, submitLabel } from "./ours.js"

export { ToolbarOverSelection } from "./bubble.js"
export { Embed } from "./embed.js"
export { FindAndReplace } from "./find.js"
export { Notes } from "./notes-in-text.js"
export { Pasting } from "./paste.js"
export { Pictures } from "./pictures.js"
export { Blockquote } from "./quote.js"
export { Slash } from "./slash.js"
export { Table, TableCell, TableHeader, TableRow } from "./table.js"
export { Tools } from "./tools.js"
export { WordCount } from "./words.js"

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
    return [new Plugin({ props: { attributes } })]
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
    const { labels, protocols, search } = this.options
    return {
      ...this.parent?.(),
      addLink: () => ({ editor }) => {
        const href = editor.getAttributes("link").href ?? ""
        const check = (typed) => labels.wrong[problem(typed, protocols)]
        const field = { name: "href", label: labels.address, help: labels.help, value: href, required: true, check }
        const found = search && {
          search,
          choice: storyChoice,
          asks: { ...labels, search: labels.story, help: labels.storyHelp },
          onChoose: (story, form) => (form.elements.href.value = story.address),
        }
        ask({ labels, title: labels.title, submit: href ? labels.update : labels.insert, fields: [field], ...found }).then((chosen) => {
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
  match: "aside[data-story]",
  attributes: { uid: (dom) => dom.getAttribute("data-story") },
  render: ({ uid }) => ["aside", { "data-story": uid }],
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
  match: "figure[data-photo]:not([data-embed])",
  attributes: { uid: (dom) => dom.getAttribute("data-photo"), caption: (dom) => dom.textContent.trim() },
  render: ({ uid, caption }) => ["figure", { "data-photo": uid }, ["figcaption", caption ?? ""]],
  choose: ({ search, labels }, attrs) =>
    ask({
      labels,
      search,
      title: labels.title,
      submit: submitLabel(labels, attrs),
      chosen: attrs.uid,
      choice: (photo) => photoChoice(photo, labels),
      fields: [{ name: "caption", label: labels.caption, help: labels.own, value: attrs.caption ?? "", long: true }],
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

  addMenuItems({ menu }) {
    // Replaces the editor's own item of that name, which has a button.
    menu.defineItem({
      name: "horizontalRule",
      groups: "insert",
      command: (editor) => insert(editor, { type: "horizontalRule" }),
    })
  },
})
