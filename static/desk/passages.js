/* A passage of a text that is being written, found again by its words and those around it: the rule is that of
   articles/text/passages.py. White space does not count. */

export const AROUND = 40

export const plain = (text) => text.split(/\s+/u).filter(Boolean).join(" ")

/* { text, at }: the words of a document with single spaces, and the place in the document of each character. */
export function readable(doc) {
  let text = ""
  const at = []
  const add = (sign, place) => {
    if (/\s/u.test(sign)) {
      if (!text || text.endsWith(" ")) return
      sign = " "
    }
    text += sign
    at.push(place)
  }
  doc.descendants((node, start) => {
    if (node.isText) [...Array(node.text.length).keys()].forEach((index) => add(node.text[index], start + index))
    else if (node.isBlock || node.type.name === "hardBreak") add(" ", start)
    return true
  })
  return { text, at }
}

function common(some, others, step) {
  let count = 0
  while (count < some.length && count < others.length && some.at(step(count)) === others.at(step(count))) count += 1
  return count
}

const onwards = (count) => count
const backwards = (count) => -1 - count

/* [from, to] of a passage in the document; null if its words do not stand there any more. */
export function find({ text, at }, { quote, before, after }) {
  let best = null
  let likest = -1
  for (let place = quote ? text.indexOf(quote) : -1; place >= 0; place = text.indexOf(quote, place + 1)) {
    const left = text.slice(Math.max(0, place - 2 * AROUND), place).trimEnd()
    const right = text.slice(place + quote.length, place + quote.length + 2 * AROUND).trimStart()
    const likeness = common(left, before, backwards) + common(right, after, onwards)
    if (likeness > likest) [likest, best] = [likeness, place]
  }
  return best === null ? null : [at[best], at[best + quote.length - 1] + 1]
}

/* The passage between two places of the document. */
export function passage({ text, at }, from, to) {
  const start = at.findIndex((place) => place >= from)
  const last = at.findLastIndex((place) => place < to)
  if (start < 0 || last < start) return null
  return {
    quote: plain(text.slice(start, last + 1)),
    before: plain(text.slice(Math.max(0, start - AROUND), start)),
    after: plain(text.slice(last + 1, last + 1 + AROUND)),
  }
}
