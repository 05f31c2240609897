/* What is pasted: headings, bold, italic, lists, tables and links stay, the rest is left out and told. Words stay
   apart, as in articles/text/html_in/: a row of a table that is not plain becomes a paragraph, and blocks that the editor
   does not know become known ones. */

import { crel, Extension, Plugin } from "django-prose-editor/editor"
import { curled } from "./quotes.js"
import { keepTables, within } from "./pasted-tables.js"

const UNKNOWN_BLOCKS =
  "center, details, dialog, dir, dt, legend, main, marquee, menu, nav, optgroup, option, search, select, summary"
const SHOWN_ALONE = "audio, button, canvas, embed, iframe, img, input, meter, object, progress, svg, textarea, video"
const TAGS = /<[a-z][^<>]*>/gi
const STYLE = /\sstyle\s*=/gi
const TRACKING = /^(utm_\w+|fbclid|gclid|dclid|igsh|igshid|mc_cid|mc_eid)$/i
const FOOTNOTE = /#(_?(ftn|edn|sdfootnote|cite_note|fn|note)|_msocom)/i
const EMOJI = /^(\p{Extended_Pictographic}|\p{Emoji_Component})+$/u
const OF_THE_PAGE = ".mw-editsection, .noprint" // steps that a page offers its own readers
const LEFT_OUT = [
  ["pictures", "img, picture:not(:has(img)), svg, canvas"],
  ["media", "iframe, video, audio, object, embed"],
  ["controls", `button, input, select, textarea, meter, progress, ${OF_THE_PAGE}`],
  ["underlines", "u, ins"],
]

/* { html, left: { kind: how many were left out } } of HTML from elsewhere. */
export function cleaned(html) {
  const template = document.createElement("template") // its content is neither run nor fetched
  template.innerHTML = html.replace(TAGS, (tag) => tag.replace(STYLE, " data-style="))
  const { content } = template
  const isOurs = content.querySelector("[data-pm-slice]") !== null // copied from this desk
  for (const element of content.querySelectorAll("style, script, title, xml")) element.remove()
  for (const sign of content.querySelectorAll("img[alt]")) if (EMOJI.test(sign.alt)) sign.replaceWith(sign.alt)
  const left = isOurs ? {} : leftOut(content)
  for (const element of content.querySelectorAll("[data-style]")) stylesToMarks(element)
  if (!isOurs) {
    for (const part of content.querySelectorAll(OF_THE_PAGE)) part.remove()
    for (const link of content.querySelectorAll("a")) left.footnotes = (left.footnotes ?? 0) + cleanLink(link)
    for (const rule of content.querySelectorAll("hr:not(.page-break)")) rule.replaceWith(within(rule, "div", []))
    headings(content)
    officeLists(content)
    listsApart(content)
    keepTables(content)
  }
  for (const block of content.querySelectorAll(UNKNOWN_BLOCKS)) block.replaceWith(within(block, "div", block.childNodes))
  for (const element of content.querySelectorAll(SHOWN_ALONE)) element.after(" ")
  for (const element of content.querySelectorAll("*")) if (element.localName.includes("-")) element.after(" ")
  if (!isOurs) curlAll(content)
  return { html: template.innerHTML, left }
}

function leftOut(content) {
  const left = Object.fromEntries(LEFT_OUT.map(([kind, selector]) => [kind, content.querySelectorAll(selector).length]))
  const notes = content.querySelectorAll(".MsoCommentReference, .msocomoff, [data-style*='mso-comment-reference']")
  left.comments = [...notes].filter((note) => note.matches(".MsoCommentReference, .msocomoff") || note.textContent.trim().length > 1).length
  return left
}

/* Google Docs and others write marks as styles, which the desk's Content-Security-Policy blocks. */
function stylesToMarks(element) {
  const style = element.dataset.style.replace(/\s/g, "").toLowerCase()
  const weight = /(?<![\w-])font-weight:(\w+)/.exec(style)?.[1]
  if (element.matches("b, strong") && /^(normal|[1-4]00)$/.test(weight)) {
    element.replaceWith(within(element, "span", element.childNodes))
  }
  if (!element.matches("span, font, td")) return
  if (/^(bold|bolder|[6-9]00)$/.test(weight)) element.append(within(element, "strong", element.childNodes))
  if (/(?<![\w-])font-style:(italic|oblique)/.test(style)) element.append(within(element, "em", element.childNodes))
}

/* 1 if the link is the sign of a footnote, which goes; else 0, and the link loses what only follows its readers. */
function cleanLink(link) {
  const href = link.getAttribute("href") ?? ""
  if (FOOTNOTE.test(href) && /^\W*\w{0,3}\W*$/.test(link.textContent)) {
    const sign = link.parentElement?.matches("sup") && link.parentElement.children.length === 1 ? link.parentElement : link
    sign.remove()
    return 1
  }
  if (href.startsWith("#") || /^file:/i.test(href)) link.replaceWith(...link.childNodes)
  else if (/^https?:/i.test(href)) {
    link.setAttribute("href", withoutTracking(href))
    if (link.textContent.trim() === href) link.textContent = withoutTracking(href)
  }
  return 0
}

export function withoutTracking(href) {
  const wrapped = /^https?:\/\/www\.google\.[a-z.]+\/url\?(.*)$/i.exec(href)
  const meant = wrapped && (new URLSearchParams(wrapped[1]).get("q") ?? new URLSearchParams(wrapped[1]).get("url"))
  const [, before, query, hash] = /^([^?#]*)\??([^#]*)(#.*)?$/s.exec(meant || href)
  const kept = query.split("&").filter((pair) => pair && !TRACKING.test(pair.split("=")[0]))
  return before + (kept.length ? `?${kept.join("&")}` : "") + (hash ?? "")
}

/* Word for the web tells headings by a role, and puts each item of a list into a list of its own. */
function headings(content) {
  for (const heading of content.querySelectorAll("p[role=heading], div[role=heading]")) {
    heading.replaceWith(within(heading, heading.ariaLevel > 2 ? "h3" : "h2", heading.childNodes))
  }
  for (const heading of content.querySelectorAll("h1")) heading.replaceWith(within(heading, "h2", heading.childNodes))
  for (const heading of content.querySelectorAll("h4, h5, h6")) heading.replaceWith(within(heading, "h3", heading.childNodes))
}

/* Word writes items of lists as paragraphs, with their sign in a span of its own. */
function officeLists(content) {
  let list = null
  for (const item of content.querySelectorAll("p[class*=MsoListParagraph], p[data-style*='mso-list:l']")) {
    const sign = [...item.querySelectorAll("[data-style]")].find((part) => /mso-list:\s*ignore/i.test(part.dataset.style))
    const name = /^\s*\w+[.)]/.test(sign?.textContent ?? "") ? "ol" : "ul"
    sign?.remove()
    if (list?.localName !== name || list.nextElementSibling !== item) {
      list = within(item, name, [])
      item.before(list)
    }
    const entry = within(item, "li", item.childNodes)
    list.append(entry)
    item.remove()
  }
}

function listsApart(content) {
  for (const part of content.querySelectorAll(".ListContainerWrapper")) {
    const [list, before] = [part, part.previousElementSibling].map((one) => one?.matches(".ListContainerWrapper") && one.firstElementChild)
    if (!list || !before || list.localName !== before.localName) continue
    list.prepend(...before.childNodes)
    part.previousElementSibling.remove()
  }
}

function curlAll(content) {
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT)
  let before = ""
  let block = null
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const own = node.parentElement?.closest("p, li, td, th, h2, h3, div, blockquote, dd, dt") ?? null
    if (own !== block) before = ""
    block = own
    node.data = curled(node.data, before)
    before = node.data.slice(-1) || before
  }
}

export const Pasting = Extension.create({
  name: "pasting",
  addOptions: () => ({ labels: {} }),
  addStorage: () => ({ told: null }),

  onCreate() {
    this.storage.told = crel("p", { className: "desk-told", role: "status" })
    this.editor.view.dom.after(this.storage.told)
  },

  addProseMirrorPlugins() {
    const { options, storage } = this
    const transformPastedHTML = (html) => {
      const { html: kept, left } = cleaned(html)
      if (storage.told) storage.told.textContent = told(left, options.labels)
      return kept
    }
    const transformPastedText = (text) => {
      if (storage.told) storage.told.textContent = ""
      return /^\s*\S+:\/\/\S+\s*$/.test(text) ? text : curled(text, "")
    }
    return [new Plugin({ props: { transformPastedHTML, transformPastedText } })]
  },
})

function told(left, labels) {
  const parts = Object.entries(left).filter(([, count]) => count)
  if (!parts.length) return ""
  return labels.told.replace("{list}", parts.map(([kind, count]) => labels[kind].replace("{count}", count)).join(", "))
}
