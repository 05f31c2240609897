/* A card that leads to a film or post elsewhere. Nothing is fetched: title and picture are the editor's. */

import { crel } from "django-prose-editor/editor"
import { ask, look } from "./dialog.js"
import { address } from "./links.js"
import { ours, photoChoice, picture, submitLabel } from "./ours.js"

/* The rule of articles/text/embeds.py: an https address that names no account. */
export const embedAddress = (written) => {
  const link = written.length <= 600 ? address(written, ["https"]) : ""
  return /^https:\/\/[^@/?#]+([/?#]|$)/.test(link) ? link : ""
}

const host = (link) => link.replace(/^https:\/\/(www\.|m\.)?/, "").split(/[/?#]/)[0]

export const Embed = ours("embed", {
  match: "figure[data-embed]",
  attributes: {
    address: (dom) => dom.getAttribute("data-embed"),
    uid: (dom) => dom.getAttribute("data-photo"),
    title: (dom) => dom.textContent.trim(),
  },
  render: ({ address: link, uid, title }) => [
    "figure",
    { ...(uid && { "data-photo": uid }), "data-embed": link },
    ["figcaption", title ?? ""],
  ],
  choose: async ({ search, labels }, attrs) => {
    const check = (typed) => (embedAddress(typed) ? "" : labels.wrong)
    const chosen = await ask({
      labels,
      search,
      title: labels.title,
      submit: submitLabel(labels, attrs, "address"),
      chosen: attrs.uid,
      choice: (photo) => photoChoice(photo, labels),
      without: labels.without,
      fields: [
        { name: "address", label: labels.address, help: labels.https, value: attrs.address ?? "", required: true, check },
        { name: "title", label: labels.words, help: labels.wordsHelp, value: attrs.title ?? "", required: true },
      ],
    })
    return chosen && { ...chosen, address: embedAddress(chosen.address), uid: chosen.uid || null }
  },
  fill: async (dom, { address: link, uid, title }, { search, labels }) => {
    const words = [crel("strong", { textContent: host(link ?? "") }), " ", crel("span", { textContent: title || link })]
    dom.replaceChildren(...words)
    if (!uid) return
    const [photo] = await look(search, { uid })
    if (photo) dom.prepend(picture(photo, labels))
  },
})
