/* The rows of a formset as the page holds them, hidden: chips or thumbnails stand for them, and the form posts them.
   Nothing is changed before somebody changes something. */

import { make } from "./make.js"

const LARGEST = 30_000 /* what a column of orders holds, and some room */

export class FormRows {
  /* `chooser`: the field by which a row is filled in. */
  constructor(group, chooser) {
    this.group = group
    this.prefix = group.id.replace(/-group$/, "")
    this.chooser = chooser
    for (const tr of this.all()) this.field(tr, chooser)?.classList.remove("admin-autocomplete")
  }

  all() {
    return [...this.group.querySelectorAll("tr.form-row:not(.empty-form)")].filter((tr) => /-\d+$/.test(tr.id))
  }

  field(tr, name) {
    const number = tr.id.slice(this.prefix.length + 1)
    return tr.ownerDocument.querySelector(`[name="${this.prefix}-${number}-${name}"]`)
  }

  isStored = (tr) => Boolean(this.field(tr, "id")?.value)
  isDeleted = (tr) => Boolean(this.field(tr, "DELETE")?.checked)
  value = (tr) => this.field(tr, this.chooser)?.value ?? ""

  /* What the row stands for: { id, name, detail … }. */
  shown(tr) {
    const option = this.field(tr, this.chooser).selectedOptions[0]
    return option.dataset.row ? JSON.parse(option.dataset.row) : { id: option.value, name: option.textContent, detail: "" }
  }

  filled() {
    return this.all().filter((tr) => this.value(tr) && !this.isDeleted(tr))
  }

  canAdd() {
    return Boolean(this.blank() || this.group.querySelector("tr.empty-form"))
  }

  blank() {
    return this.all().find((tr) => !this.isStored(tr) && !this.value(tr))
  }

  /* A stored row of the same that was taken out comes back, with its id. */
  add(row) {
    const back = this.all().find((tr) => this.isDeleted(tr) && this.value(tr) === row.id)
    if (back) {
      this.field(back, "DELETE").checked = false
      this.changed(back)
      return back
    }
    const tr = this.blank() ?? this.grown()
    this.set(tr, row)
    return tr
  }

  set(tr, row) {
    const option = make("option", { value: row.id, textContent: row.name, dataset: { row: JSON.stringify(row) } })
    const select = this.field(tr, this.chooser)
    select.replaceChildren(option)
    select.value = row.id
    this.changed(tr)
  }

  grown() {
    const empty = this.group.querySelector("tr.empty-form")
    const total = document.querySelector(`[name="${this.prefix}-TOTAL_FORMS"]`)
    const made = empty.cloneNode(true)
    made.classList.remove("empty-form")
    made.id = `${this.prefix}-${total.value}`
    for (const element of made.querySelectorAll("*")) {
      for (const { name, value } of [...element.attributes]) {
        if (value.includes("__prefix__")) element.setAttribute(name, value.replaceAll("__prefix__", total.value))
      }
    }
    empty.before(made)
    total.value = Number(total.value) + 1
    this.field(made, this.chooser).classList.remove("admin-autocomplete")
    return made
  }

  /* Returns what brings the row back. */
  remove(tr) {
    const box = this.field(tr, "DELETE")
    if (this.isStored(tr) && box) {
      box.checked = true
      this.changed(tr)
      return () => {
        box.checked = false
        this.changed(tr)
        return tr
      }
    }
    const row = this.shown(tr)
    const select = this.field(tr, this.chooser)
    select.replaceChildren(make("option", { value: "" }))
    this.changed(tr)
    return () => {
      this.set(tr, row)
      return tr
    }
  }

  /* Numbers rise along `rows`; those that do already stay. */
  number(rows) {
    const orders = rows.map((tr) => this.field(tr, "order"))
    const isFull = orders.some((input) => Number(input.value) > LARGEST)
    let before = 0
    for (const input of orders) {
      const value = Number(input.value)
      before = !isFull && (value > before || (value === 0 && input === orders[0])) ? value : before + 1
      if (Number(input.value) !== before) input.value = before
    }
  }

  changed(tr) {
    this.field(tr, this.chooser).dispatchEvent(new Event("change", { bubbles: true }))
  }

  errors() {
    return [...this.group.querySelectorAll(".errorlist")].map((list) => list.textContent.trim()).filter(Boolean)
  }
}
