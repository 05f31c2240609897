/* Tables in what is pasted. A plain one stays, by the rule of articles/text/html_in/tables.py; a row of any other becomes
   a paragraph. */

const BLOCKS = "address, article, aside, blockquote, dd, div, dl, dt, figure, h1, h2, h3, h4, h5, h6, li, ol, p, pre, table, ul"
const IN_NO_CELL =
  "address, article, aside, blockquote, dd, details, dl, dt, fieldset, figure, form, h1, h2, h3, h4, h5, h6, hr, li, ol, " +
  "pre, table, ul, audio, button, canvas, embed, iframe, img, input, object, select, svg, textarea, video"
const MOST_COLUMNS = 20
const MOST_COUNTED = 50

export function keepTables(content) {
  const loose = [...content.querySelectorAll("tr")].filter((row) => !row.closest("table"))
  for (const table of content.querySelectorAll("table")) {
    span(table)
    if (isPlain(table)) plain(table)
  }
  const rows = [...content.querySelectorAll("table:not([data-plain]) tr"), ...loose]
  for (const row of rows.reverse()) if (!row.closest("[data-plain]")) row.replaceWith(...lines(row))
  const parts = "caption, col, colgroup, table:not([data-plain]), tbody, td, tfoot, th, thead"
  for (const part of content.querySelectorAll(parts)) {
    if (!part.closest("[data-plain]")) part.replaceWith(within(part, "div", part.childNodes))
  }
}

const words = (element) => element.textContent.trim()

function isPlain(table) {
  if (table.querySelector(IN_NO_CELL) || table.closest("li, blockquote") || table.parentElement?.closest("table")) return false
  const rows = [...table.rows].filter(words)
  const width = Math.max(0, ...rows.map(used))
  const written = rows.reduce((sum, row) => sum + row.cells.length, 0)
  return rows.length > 1 && width > 1 && width <= MOST_COLUMNS && rows.length * width <= 2 * written
}

const used = (row) => [...row.cells].findLastIndex(words) + 1

/* As the editor's nodes have it: every row with as many cells, the first of headings if it is one of headings or bold. */
function plain(table) {
  const rows = [...table.rows].filter(words)
  const width = Math.max(...rows.map(used))
  const isHead = [...rows[0].cells].every((cell) => !words(cell) || cell.matches("th") || isBold(cell))
  const made = rows.map((row, index) => {
    const name = isHead && !index ? "th" : "td"
    const cells = Array.from({ length: width }, (_, at) => within(table, name, row.cells[at]?.childNodes ?? []))
    if (name === "th") for (const bold of cells.flatMap((cell) => [...cell.querySelectorAll("b, strong")])) bold.replaceWith(...bold.childNodes)
    return within(table, "tr", cells)
  })
  if (table.caption && words(table.caption)) table.before(within(table, "p", table.caption.childNodes))
  table.replaceChildren(within(table, "tbody", made))
  table.setAttribute("data-plain", "")
}

function isBold(cell) {
  const bold = [...cell.querySelectorAll("b, strong")].map((mark) => mark.textContent).join("")
  return words(cell) !== "" && bold.replace(/\s/g, "") === cell.textContent.replace(/\s/g, "")
}

/* Adds an empty cell for each one that another covers, beside it or in the rows below. */
function span(table) {
  let taken = new Map() // column → number of rows below that a cell covers
  for (const row of table.rows) {
    const below = new Map([...taken].filter(([, rows]) => rows > 1).map(([column, rows]) => [column, rows - 1]))
    let column = 0
    for (const cell of [...row.cells]) {
      for (; taken.has(column); column += 1) cell.before(row.ownerDocument.createElement("td"))
      if (cell.rowSpan > 1 && column < MOST_COUNTED) below.set(column, cell.rowSpan - 1)
      column += 1
    }
    taken = below
  }
  for (const cell of table.querySelectorAll("[colspan]")) {
    const more = Math.min(cell.colSpan, MOST_COLUMNS) - 1
    for (let count = 0; count < more; count += 1) cell.after(cell.ownerDocument.createElement(cell.localName))
  }
}

/* A row as one paragraph, or as one block per cell if a cell has more than one line. */
function lines(row) {
  const every = [...row.children].filter((cell) => cell.matches("td, th"))
  const cells = every.slice(0, every.findLastIndex(words) + 1)
  const parts = cells.map((cell) => (words(cell) ? onlyLine(cell) : ["–"])) // keeps its column
  if (!parts.every(Boolean)) return cells.map((cell) => within(cell, "div", cell.childNodes))
  const joined = parts.flatMap((nodes, index) => (index ? [" · ", ...nodes] : [...nodes]))
  return joined.length ? [within(row, "p", joined)] : []
}

/* The nodes of a cell with a single line; null if it has several. */
function onlyLine(cell) {
  const blocks = [...cell.querySelectorAll(BLOCKS)]
  const whole = words(cell)
  if (blocks.some((block) => block.matches("ul, ol, aside, figure, table") || words(block) !== whole)) return null
  return [...(blocks.at(-1) ?? cell).childNodes]
}

/* Created in the template's document: in the page's document, styles would apply. */
export function within({ ownerDocument }, name, nodes) {
  const made = ownerDocument.createElement(name)
  made.append(...nodes)
  return made
}
