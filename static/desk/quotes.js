/* Typographic quotation marks. */

const OPENS = /[\s([{<“‘–—/-]/

/* The text with “ ” ‘ ’ for straight ones; `before`: the letter before it. */
export function curled(text, before) {
  return text.replace(/["']/g, (sign, at) => {
    const last = at ? text[at - 1] : before
    const opens = !last || OPENS.test(last) || (sign === "'" && last === '"') || (sign === '"' && last === "'")
    const isOpening = opens && /\S/.test(text[at + 1] ?? "a")
    return sign === '"' ? (isOpening ? "“" : "”") : isOpening ? "‘" : "’"
  })
}
