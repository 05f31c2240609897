/* The notes in the panel of the story's form: sent by posts of their own, so that neither the text nor the place in it
   is left. A click on a quoted passage leads to it. "@" offers the people who may be named (mentions.js). */

import { mentions } from "./mentions.js"

const form = document.getElementById("note-steps")
const talk = document.getElementById("talk")
const list = talk?.querySelector(".talk-list")
const told = talk?.querySelector(".talk-told")
const lead = document.querySelector("[data-leads-notes]")
const quote = talk?.querySelector(".talk-new .talk-quote")
const loose = talk?.querySelector(".talk-loose")
const own = (name) => form.elements[name]

/* The passage on which the next note is written; none without `passage`. */
function anchor(passage) {
  for (const name of ["quote", "before", "after"]) own(name).value = passage?.[name] ?? ""
  quote.textContent = passage?.quote ?? ""
  quote.hidden = loose.hidden = !passage
}

/* Without a script the notes are part of the story's form, which is sent with them, so that nothing typed is lost. */
const apart = () => talk.querySelectorAll("textarea, input, button").forEach((one) => one.setAttribute("form", form.id))

/* What was typed into other answers meanwhile stays. */
function show(html) {
  const typed = [...list.querySelectorAll("textarea")].filter((area) => area.value)
  list.innerHTML = html
  apart()
  const open = list.querySelector("[data-open-notes]")
  lead.hidden = open.dataset.openNotes === "0"
  lead.firstElementChild.textContent = open.textContent
  for (const { name, value } of typed) {
    const area = own(name)
    if (!area) continue
    area.value = value
    area.closest("details").open = true
  }
  document.dispatchEvent(new CustomEvent("desk:notes"))
}

async function ask(address, options = {}) {
  const answer = await fetch(address, { ...options, headers: { "X-Notes": "1" }, redirect: "manual" }).catch(() => null)
  if (answer?.ok) return show(await answer.text())
  const isSaid = answer?.status === 400 && answer.headers.get("Content-Type")?.startsWith("text/plain")
  throw new Error(isSaid ? await answer.text() : talk.dataset.failed)
}

async function send(button) {
  const isNew = button.closest(".talk-new")
  const area = isNew ? own("note") : button.closest(".talk-answer")?.querySelector("textarea")
  const body = new FormData(form, button)
  const words = area?.value
  if (area && !isNew) area.value = ""
  button.disabled = true
  told.textContent = ""
  try {
    await ask(button.formAction, { method: "POST", body })
    if (isNew) own("note").value = ""
    if (isNew) anchor(null)
    if (!isNew) own("note").focus({ preventScroll: true })
  } catch (error) {
    told.textContent = error.message
    if (area && !isNew) area.value = words
  } finally {
    button.disabled = false
  }
}

if (form && talk) {
  apart()
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    if (event.submitter) send(event.submitter)
  })
  document.addEventListener("desk:note", ({ detail }) => {
    anchor(detail)
    document.dispatchEvent(new CustomEvent("desk:panel"))
    own("note").focus()
  })
  loose.addEventListener("click", () => {
    anchor(null)
    own("note").focus()
  })
  list.addEventListener("click", (event) => {
    const note = event.target.closest(".talk-quote")?.closest("[data-quote]")
    if (note) document.querySelector(`[data-note="${CSS.escape(note.id)}"]`)?.scrollIntoView({ block: "center" })
  })
  document.addEventListener("desk:told", () => ask(form.action).catch(() => {}))
  mentions(talk, talk.dataset)
}
