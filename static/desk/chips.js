/* Tags and credits as chips over the rows of the form: type, Enter takes one; an order by drag or keyboard. Without this
   script the rows stay as the admin writes them. */

import { combo } from "./combo.js"
import { FormRows } from "./form-rows.js"
import { fill, formOfPage, known, make } from "./make.js"
import { orderable } from "./order.js"
import { standsFor } from "./stand-in.js"
import { undoing } from "./undo.js"

const KINDS = {
  tag_links: { chooser: "tag", label: "addTag", find: findTags, make: makeTag },
  credits: { chooser: "person", label: "addPerson", find: findPeople, role: "role" },
}

if (known) for (const [prefix, kind] of Object.entries(KINDS)) begin(document.getElementById(`${prefix}-group`), kind)

function begin(group, kind) {
  if (!group?.querySelector("tr.empty-form, tr.form-row select")) return // those who may only read
  const rows = new FormRows(group, kind.chooser)
  const list = make("ul", { className: "chips", "aria-label": group.querySelector("h2, h3, summary").textContent.trim() })
  const undo = undoing()
  const field = combo({
    label: known.words[kind.label],
    find: kind.find,
    take: (row, typed) => taken(row, typed),
    emptied: () => list.lastElementChild?.querySelector(".chip-name").focus(),
  })
  const errors = rows.errors()
  const place = make("div", { className: "chips-place" }, [
    list,
    ...(rows.canAdd() ? [field.element] : []),
    undo.element,
    ...(errors.length ? [make("ul", { className: "errorlist" }, errors.map((text) => make("li", { textContent: text })))] : []),
  ])
  group.classList.add("is-stood-for")
  ;(group.querySelector("fieldset") ?? group).append(place)
  for (const tr of rows.all()) standsFor(rows.field(tr, kind.chooser), () => field.input)
  standsFor(group, () => field.input)

  const itemOf = new Map()
  const chip = (tr) => {
    const row = rows.shown(tr)
    const name = make("button", { type: "button", className: "chip-name", title: known.words.orderHelp, "aria-expanded": "false" }, [
      make("span", { textContent: row.name }),
      ...(row.detail && kind.role ? [make("small", { textContent: row.detail.split(" · ")[0], title: row.detail })] : []),
    ])
    const role = kind.role && rows.field(tr, kind.role)
    const out = make("button", { type: "button", className: "chip-out", textContent: "×", "aria-label": fill(known.words.removeNamed, { name: row.name }) })
    const item = make("li", { className: row.is_new ? "chip-item is-new" : "chip-item" }, [name, ...(role ? [role] : []), out])
    if (row.is_new) name.append(make("small", { textContent: known.words.isNew }))
    name.addEventListener("click", () => menu(item, name))
    out.addEventListener("click", () => remove(item))
    item.row = tr
    itemOf.set(tr, item)
    return item
  }

  const all = () => [...list.children]
  const number = () => rows.number(all().map((item) => item.row))

  function moved(item) {
    number()
    rows.changed(item.row)
    const count = list.childElementCount
    undo.say(fill(known.words.moved, { name: rows.shown(item.row).name, place: all().indexOf(item) + 1, count }))
  }

  function remove(item) {
    const { name } = rows.shown(item.row)
    const next = item.nextElementSibling
    const bringBack = rows.remove(item.row)
    const role = kind.role && rows.field(item.row, kind.role)
    if (role) item.row.append(role)
    item.remove()
    ;(next?.querySelector(".chip-name") ?? field.input).focus()
    undo.offer(name, () => {
      const made = chip(bringBack())
      if (next?.isConnected) next.before(made)
      else list.append(made)
      number()
      made.querySelector(".chip-name").focus()
    })
  }

  function add(row) {
    const stands = all().find((item) => rows.value(item.row) === row.id)
    if (stands && !kind.role) {
      field.say(fill(known.words.repeated, { name: row.name }))
      return
    }
    const tr = rows.add(row)
    if (kind.role) rows.field(tr, kind.role).value = roleFor(row.id, tr)
    list.append(chip(tr))
    number()
    undo.clear()
  }

  /* What is still missing, and what this person is not yet. */
  function roleFor(id, tr) {
    const others = all().filter((item) => item.row !== tr)
    const had = others.map((item) => [rows.value(item.row), rows.field(item.row, kind.role).value])
    const roles = [...rows.field(tr, kind.role).options].map((option) => option.value).filter(Boolean)
    const own = had.filter(([person]) => person === id).map(([, role]) => role)
    const open = roles.filter((role) => !own.includes(role))
    const job = [...rows.field(tr, kind.role).options].find(({ value, text }) => open.includes(value) && isJob(rows.shown(tr).detail, text))
    if (job) return job.value
    return open.find((role) => !had.some(([, taken]) => taken === role) && ["author", "editor"].includes(role)) ?? open[0] ?? roles[0]
  }

  async function taken(row, typed) {
    if (!row.isMade) return add(row)
    if (row.address) return void window.open(row.address, "_blank", "noopener")
    const answer = await kind.make(typed).catch(() => ({ error: known.words.failed }))
    if (answer.row) return add(answer.row)
    field.input.value = typed
    field.say(answer.error)
  }

  /* The same by single presses: for those who do not drag and have no keyboard. */
  function menu(item, name) {
    const isOpen = item.querySelector(".chip-menu")
    for (const open of list.querySelectorAll(".chip-menu")) close(open.parentElement)
    if (isOpen) return
    const act = (text, work) => {
      const button = make("button", { type: "button", textContent: text })
      button.addEventListener("click", () => {
        close(item)
        work()
      })
      return button
    }
    const move = (other, side) => () => {
      if (!other) return
      other[side](item)
      item.querySelector(".chip-name").focus()
      moved(item)
    }
    const shown = make("div", { className: "chip-menu", role: "group", "aria-label": rows.shown(item.row).name }, [
      ...(item.previousElementSibling ? [act(known.words.earlier, move(item.previousElementSibling, "before"))] : []),
      ...(item.nextElementSibling ? [act(known.words.later, move(item.nextElementSibling, "after"))] : []),
      act(known.words.remove, () => remove(item)),
    ])
    item.append(shown)
    shown.scrollIntoView({ block: "nearest" })
    name.setAttribute("aria-expanded", "true")
    shown.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return
      event.stopPropagation()
      close(item)
      name.focus()
    })
    shown.addEventListener("focusout", (event) => !item.contains(event.relatedTarget) && close(item))
  }

  function close(item) {
    const open = item.querySelector(".chip-menu")
    if (!open || open.isClosing) return // what is removed loses the focus, and would be closed again
    open.isClosing = true
    open.remove()
    item.querySelector(".chip-name").setAttribute("aria-expanded", "false")
  }

  list.append(...rows.filled().map(chip))
  orderable(list, { handle: ".chip-name", moved, removed: remove })
}

/* Whether somebody's post begins with a role: a “Fotografer …” is no editor unless somebody says so. */
function isJob(post, role) {
  return Boolean(post?.toLowerCase().startsWith(role.toLowerCase()))
}

async function rowsAt(address, params, signal) {
  const answer = await fetch(`${address}?${new URLSearchParams(params)}`, { signal })
  if (!answer.ok || answer.redirected) throw new Error(answer.status)
  return (await answer.json()).results
}

/* Another spelling is taken by Enter; a name that may be meant is only pointed at; else Enter makes what was typed. */
async function findTags(typed, signal) {
  const found = await rowsAt(known.addresses.tags, { q: typed }, signal)
  const same = found.filter((row) => row.kind === "same")
  const near = found.filter((row) => row.kind === "near")
  const others = found.filter((row) => row.kind === "holds")
  if (same.length || !typed) return { rows: [...same, ...near, ...others], first: same.length ? 0 : -1 }
  const mine = { isMade: true, name: typed, label: fill(known.words.makeTag, { name: typed }) }
  const rows = [...near, ...(known.mayAdd.tag ? [mine] : []), ...others]
  if (near.length) return { rows, first: -1, why: known.mayAdd.tag ? known.words.mayBeMeant : "" }
  return { rows, first: rows.length ? 0 : -1, why: known.mayAdd.tag || others.length ? "" : known.words.noSuchTag }
}

async function makeTag(name) {
  const body = new FormData()
  body.append("csrfmiddlewaretoken", formOfPage().elements.csrfmiddlewaretoken.value)
  body.append("name", name)
  const answer = await fetch(known.addresses.makeTag, { method: "POST", body })
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json")
  return isJson ? answer.json() : { error: known.words.failed }
}

async function findPeople(typed, signal) {
  const asked = { term: typed, app_label: "articles", model_name: "credit", field_name: "person" }
  const rows = await rowsAt(known.addresses.rows, asked, signal)
  const further = known.addresses.person && typed ? [{ isMade: true, name: "", label: known.words.newPerson, address: known.addresses.person }] : []
  return { rows: [...rows, ...further], first: rows.length ? 0 : -1 }
}
