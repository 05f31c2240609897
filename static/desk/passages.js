/* A passage of a text that is being written, found again by its words and those around it: the rules are those of
   articles/text/passages.py. White space does not count. */

export const AROUND = 40
const SLACK = 8
const KNOWN_BY = 2

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

const bare = (word) => (word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "") || word).toLowerCase()
const wordsOf = (text) => text.split(/\s+/u).filter(Boolean).map(bare)

/* What is needed to find changed passages in a readable text: its words, their places, those of each pair. */
export function indexed({ text, at }) {
  const words = []
  const places = []
  const pairs = new Map()
  for (const found of text.matchAll(/\S+/gu)) {
    words.push(bare(found[0]))
    places.push([at[found.index], at[found.index + found[0].length - 1] + 1])
  }
  for (let n = 0; n + 1 < words.length; n += 1) {
    const pair = `${words[n]} ${words[n + 1]}`
    pairs.set(pair, [...(pairs.get(pair) ?? []), n])
  }
  return { words, places, pairs }
}

/* The number of the word at which `known` begins, if it is laid where most of its pairs stand. */
function mostPairs(known, pairs) {
  const hits = new Map()
  for (let n = 0; n + 1 < known.length; n += 1) {
    for (const at of pairs.get(`${known[n]} ${known[n + 1]}`) ?? []) hits.set(at - n, (hits.get(at - n) ?? 0) + 1)
  }
  let best = null
  for (const [at, own] of hits) {
    let near = 0
    for (let step = -SLACK; step <= SLACK; step += 1) near += hits.get(at + step) ?? 0
    const rank = [-near, -own, at]
    const differs = best && rank.findIndex((value, place) => value !== best[place])
    if (!best || (differs >= 0 && rank[differs] < best[differs])) best = rank
  }
  return best && best[2]
}

/* [[n, m]] of the longest row of equal words in both lists, in their order. */
function along(some, others) {
  const longest = Array.from({ length: some.length + 1 }, () => new Array(others.length + 1).fill(0))
  for (let n = some.length - 1; n >= 0; n -= 1) {
    for (let m = others.length - 1; m >= 0; m -= 1) {
      const isSame = some[n] === others[m]
      longest[n][m] = isSame ? longest[n + 1][m + 1] + 1 : Math.max(longest[n + 1][m], longest[n][m + 1])
    }
  }
  const found = []
  let [n, m] = [0, 0]
  while (n < some.length && m < others.length) {
    if (some[n] === others[m]) found.push([n++, m++])
    else if (longest[n + 1][m] >= longest[n][m + 1]) n += 1
    else m += 1
  }
  return found
}

function between(left, own, right, length) {
  const first = left.length ? left.at(-1) + 1 : own[0]
  const last = right.length ? right[0] - 1 : own.at(-1)
  if (2 * own.length >= length) return last - first < 2 * length + SLACK ? [first, last] : [own[0], own.at(-1)]
  if (left.length < KNOWN_BY || right.length < KNOWN_BY) return null
  return first <= last && last - first < length + 2 ? [first, last] : null
}

/* [from, to] of what became of a passage in an indexed text that lacks its words; null if nothing did. */
export function findChanged({ words, places, pairs }, { quote, before, after }) {
  const [left, own, right] = [wordsOf(before), wordsOf(quote), wordsOf(after)]
  if (plain(before).length >= AROUND - 1) left.shift()
  if (plain(after).length >= AROUND - 1) right.pop()
  const known = [...left, ...own, ...right]
  const at = own.length ? mostPairs(known, pairs) : null
  if (at === null) return null
  const first = Math.max(0, at - SLACK)
  const stands = along(known, words.slice(first, Math.max(0, at) + known.length + SLACK))
  const within = (low, high) => stands.filter(([n]) => n >= low && n < high).map(([, place]) => place)
  const [begins, ends] = [left.length, left.length + own.length]
  const span = between(within(0, begins), within(begins, ends), within(ends, known.length), own.length)
  return span && [places[first + span[0]][0], places[first + span[1]][1]]
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
