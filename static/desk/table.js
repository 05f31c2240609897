/* Plain tables, as articles/text/html_in/tables.py stores them: rows of words, the first maybe of headings. */

import {
  crel,
  pm,
  Table as BaseTable,
  TableCell as BaseCell,
  TableHeader as BaseHeader,
  TableRow as BaseRow,
} from "django-prose-editor/editor"
import { insert } from "./ours.js"

const CELL = { content: "paragraph+", addAttributes: () => ({ colspan: { default: 1, rendered: false, parseHTML: () => 1 }, rowspan: { default: 1, rendered: false, parseHTML: () => 1 }, colwidth: { default: null, rendered: false, parseHTML: () => null } }) }

export const TableCell = BaseCell.extend(CELL)
export const TableHeader = BaseHeader.extend(CELL)
export const TableRow = BaseRow

const cells = (type, count) => Array.from({ length: count }, () => ({ type, content: [{ type: "paragraph" }] }))

export const Table = BaseTable.extend({
  group: "ours",

  addOptions() {
    return { ...this.parent?.(), resizable: false, labels: {}, icons: {} }
  },

  renderHTML: () => ["table", ["tbody", 0]],

  addNodeView() {
    return () => {
      const contentDOM = crel("tbody")
      return { dom: crel("div", { className: "desk-table" }, [crel("table", {}, [contentDOM])]), contentDOM }
    }
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "table",
      groups: "insert",
      command: (editor) => {
        const rows = [cells("tableHeader", 3), cells("tableCell", 3), cells("tableCell", 3)]
        insert(editor, { type: "table", content: rows.map((content) => ({ type: "tableRow", content })) })
      },
    })
    for (const [name, icon] of Object.entries(this.options.icons)) {
      menu.defineItem({
        name,
        groups: "table",
        button: buttons.material(icon, this.options.labels[name]),
        hidden: (editor) => !editor.isActive("table"),
        enabled: (editor) => mayBe(editor, name),
        command: (editor) => editor.chain().focus()[name]().run(),
      })
    }
  },
})

/* A table keeps two rows and two columns: with fewer it is no table, and the server would make paragraphs of it. */
function mayBe(editor, name) {
  const { $from } = editor.state.selection
  const depth = Array.from({ length: $from.depth + 1 }, (_, at) => at).find((at) => $from.node(at).type.name === "table")
  if (depth === undefined) return false
  const map = pm.tables.TableMap.get($from.node(depth))
  if (name === "deleteRow") return map.height > 2
  if (name === "deleteColumn") return map.width > 2
  return name !== "addColumnAfter" || map.width < 20
}
