/* How long the text is, told in the bar of the form a moment after each change. */

import { Extension } from "django-prose-editor/editor"

const PAUSE = 400 // milliseconds
const A_MINUTE = 200 // words that somebody reads in it

export function count(doc) {
  return doc.textBetween(0, doc.content.size, " ", " ").split(/\s+/).filter(Boolean).length
}

export const WordCount = Extension.create({
  name: "wordCount",
  addOptions: () => ({ labels: {} }),
  addStorage: () => ({ timer: 0 }),

  onCreate() {
    tell(this)
  },

  onUpdate() {
    clearTimeout(this.storage.timer)
    this.storage.timer = setTimeout(() => tell(this), PAUSE)
  },
})

function tell({ editor, options: { labels } }) {
  const words = count(editor.state.doc)
  const minutes = Math.max(1, Math.round(words / A_MINUTE))
  say("[data-words]", words, words === 1 ? labels.word : labels.words)
  say("[data-minutes]", minutes, !words ? "" : minutes === 1 ? labels.minute : labels.minutes)
}

function say(selector, number, label) {
  const place = document.querySelector(selector)
  if (place) place.textContent = label.replace("{count}", number.toLocaleString(document.documentElement.lang))
}
