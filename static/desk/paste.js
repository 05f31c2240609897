/* Pasted words stay apart, as in articles/text/html_in/: a row of a table becomes a paragraph, and blocks that the
   editor does not know become known ones. */

const UNKNOWN_BLOCKS =
  "caption, center, col, colgroup, details, dialog, dir, dt, legend, main, marquee, menu, nav, optgroup, option, search, " +
  "select, summary, table, tbody, td, tfoot, th, thead"
const SHOWN_ALONE = "audio, button, canvas, embed, iframe, img, input, meter, object, progress, svg, textarea, video"
const BLOCKS = "address, article, aside, blockquote, dd, div, dl, dt, figure, h1, h2, h3, h4, h5, h6, li, ol, p, pre, table, ul"
const MOST_COLUMNS = 50
const TAGS = /<[a-z][^<>]*>/gi
const STYLE = /\sstyle\s*=/gi

export function apart(html) {
  const template = document.createElement("template") // its content is neither run nor fetched
  template.innerHTML = html.replace(TAGS, (tag) => tag.replace(STYLE, " data-style="))
  const { content } = template
  for (const element of content.querySelectorAll("style")) element.remove()
  for (const element of content.querySelectorAll("[data-style]")) stylesToMarks(element)
  const isOurs = content.querySelector("[data-pm-slice]") // copied from this desk
  if (!isOurs) for (const rule of content.querySelectorAll("hr:not(.page-break)")) rule.replaceWith(within(rule, "div", []))
  for (const table of content.querySelectorAll("table:has([rowspan])")) reachDown(table)
  for (const row of [...content.querySelectorAll("tr")].reverse()) row.replaceWith(...lines(row))
  for (const block of content.querySelectorAll(UNKNOWN_BLOCKS)) block.replaceWith(within(block, "div", block.childNodes))
  for (const element of content.querySelectorAll(SHOWN_ALONE)) element.after(" ")
  for (const element of content.querySelectorAll("*")) if (element.localName.includes("-")) element.after(" ")
  return template.innerHTML
}

/* Google Docs and others write marks as styles, which the desk's Content-Security-Policy blocks. */
function stylesToMarks(element) {
  const style = element.dataset.style.replace(/\s/g, "").toLowerCase()
  if (element.matches("b, strong") && /font-weight:(normal|[1-4]00)/.test(style)) {
    element.replaceWith(within(element, "span", element.childNodes))
  }
  if (!element.matches("span, font")) return
  if (/font-weight:(bold|[6-9]00)/.test(style)) element.append(within(element, "strong", element.childNodes))
  if (/font-style:italic/.test(style)) element.append(within(element, "em", element.childNodes))
}

/* Adds an empty cell to each row that a cell from above covers. */
function reachDown(table) {
  let taken = new Map() // column → number of rows below that a cell covers
  for (const row of table.rows) {
    const below = new Map([...taken].filter(([, rows]) => rows > 1).map(([column, rows]) => [column, rows - 1]))
    let column = 0
    for (const cell of [...row.cells]) {
      for (; taken.has(column); column += 1) cell.before(row.ownerDocument.createElement("td"))
      if (cell.rowSpan > 1 && column < MOST_COLUMNS) below.set(column, cell.rowSpan - 1)
      column += 1
    }
    taken = below
  }
}

/* A row as one paragraph, or as one block per cell if a cell has more than one line. */
function lines(row) {
  const every = [...row.children].filter((cell) => cell.matches("td, th"))
  const cells = every.slice(0, every.findLastIndex((cell) => cell.textContent.trim()) + 1)
  const words = cells.map((cell) => (cell.textContent.trim() ? onlyLine(cell) : ["–"])) // keeps its column
  if (!words.every(Boolean)) return cells.map((cell) => within(cell, "div", cell.childNodes))
  const joined = words.flatMap((nodes, index) => (index ? [" · ", ...nodes] : [...nodes]))
  return joined.length ? [within(row, "p", joined)] : []
}

/* The nodes of a cell with a single line; null if it has several. */
function onlyLine(cell) {
  const blocks = [...cell.querySelectorAll(BLOCKS)]
  const whole = cell.textContent.trim()
  if (blocks.some((block) => block.matches("ul, ol, aside, figure, table") || block.textContent.trim() !== whole)) return null
  return [...(blocks.at(-1) ?? cell).childNodes]
}

/* Created in the template's document: in the page's document, styles would apply. */
function within({ ownerDocument }, name, nodes) {
  const made = ownerDocument.createElement(name)
  made.append(...nodes)
  return made
}
