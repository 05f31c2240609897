/* Keeps what is typed into the form of a story: in this browser at each change, at the server after two seconds of rest.

   The form says in `data-kept` whether its text is anywhere but here (leaving.js). The state stands in [data-saved]. */

import { goOnWithNewer } from "./copies-newer.js"
import { watchPresence } from "./copies-presence.js"
import { saveFirst } from "./copies-saving.js"
import { beacon, post, send, sendAll } from "./copy-sender.js"
import { forgetSent, onSignOut, put, remove } from "./copy-storage.js"
import { tellState, tellTrouble } from "./copies-told.js"

const REST = 2000 // of the keys, before what was typed is sent
const LONGEST = 15_000 // without a rest
const LEAST = 1100 // between two posts, as the newsroom asks
const LOOK = 200 // between two looks at the form
const AGAIN = [3000, 6000, 12_000, 30_000] // after the newsroom did not answer
const KINDS = ["input", "change", "keyup", "click", "paste", "drop", "cut"]

const place = document.getElementById("copy-of-form")
const form = place?.closest("form")
const leftOut = new Set(place?.dataset.leftOut?.split(" "))
const keptBesides = new Set(place?.dataset.keptBesides?.split(" "))

/* The server asks the same of what it is sent (working_copies.is_typed); a browser keeps no more than that either. */
const isTyped = ([name, value]) =>
  typeof value === "string" && (keptBesides.has(name) || !(name.startsWith("_") || leftOut.has(name) || name.includes("password")))

const rest = (milliseconds) => new Promise((go) => setTimeout(go, Math.max(0, milliseconds)))

class Keeper {
  opened = null // the form as it was at the person's first key or click
  latest = null // as it is
  sent = null // as the server has it
  isHere = false // whether this browser has the latest
  isReached = true // whether the server answered last
  hasEnded = false // neither kept here nor sent any more
  isSaving = false // the form itself is on its way
  isToBeSaved = false // it waits for the newsroom to answer
  sending = null
  answeredAt = 0
  failed = 0

  constructor(form, place) {
    this.form = form
    this.words = place.dataset
    this.uid = place.dataset.uid
    this.owner = place.dataset.owner
    this.whose = form.querySelector("[name=_whose]")?.value ?? ""
    for (const kind of ["pointerdown", "keydown", "paste", "drop"]) document.addEventListener(kind, (event) => this.touch(event), true)
    for (const kind of KINDS) document.addEventListener(kind, () => this.lookSoon())
    addEventListener("online", () => this.sendNow())
    addEventListener("beforeunload", () => this.look(), { capture: true })
    addEventListener("pagehide", () => this.leave())
    addEventListener("pageshow", () => (this.isSaving = false))
    onSignOut(this.owner, () => this.end())
    navigator.locks?.request(this.uid, () => new Promise(() => {})) // tells other windows that this one sends it
    if (form.querySelector("[data-unsaved]")) this.comeBack()
  }

  /* A form that came back unsaved is kept at once; the server may have it from before. */
  comeBack() {
    this.opened = ""
    setTimeout(() => this.look(), LOOK)
  }

  /* While it holds, nothing is kept or sent. */
  hold(isHeld) {
    this.hasEnded = isHeld
    this.latest = null
    if (!isHeld) this.lookSoon()
  }

  touch(event) {
    if (event.isTrusted) this.opened ??= this.values()
  }

  values() {
    return JSON.stringify([...new FormData(this.form)].filter(isTyped))
  }

  lookSoon() {
    this.looking ??= setTimeout(() => this.look(), LOOK)
  }

  entry() {
    return { story: this.words.story ?? "", version: this.form.elements.version?.value ?? "", typed: JSON.parse(this.latest), isSent: false }
  }

  /* Looks whether anything changed. */
  look() {
    clearTimeout(this.looking)
    this.looking = null
    if (this.opened === null || this.isSaving) return
    const now = this.values()
    if (now === this.latest || (this.latest === null && now === this.opened)) return this.say()
    this.latest = now
    if (!this.hasEnded) this.keepHere()
    this.say()
    this.sendSoon()
  }

  get isAsOpened() {
    return this.latest === null || this.latest === this.opened
  }

  keepHere() {
    if (this.isAsOpened) remove(this.owner, this.uid)
    this.isHere = !this.isAsOpened && put(this.owner, this.uid, this.entry())
  }

  /* Whether nothing would be lost with this page. */
  say() {
    const isSafe = this.isAsOpened || this.latest === this.sent || (this.isHere && this.isReached)
    this.form.dataset.kept = String(isSafe)
  }

  sendSoon(after = REST) {
    clearTimeout(this.timer)
    this.changedAt ??= Date.now()
    const rest = Math.max(0, Math.min(after, this.changedAt + LONGEST - Date.now()))
    this.timer = setTimeout(() => this.sendNow(), this.failed ? after : rest)
  }

  /** Sends what the server does not have, or all again. Answers how that went; "kept" if there is nothing to be sent. */
  async sendNow(isAgain = false) {
    if (this.sending) await this.sending
    this.look()
    clearTimeout(this.timer)
    this.changedAt = null
    const isThere = this.latest === this.sent && (!isAgain || Date.now() - this.answeredAt < LEAST)
    if (this.isSaving || this.hasEnded || this.latest === null || isThere) return "kept"
    this.sending = rest(this.answeredAt + LEAST - Date.now()).then(() => this.deliver())
    const how = await this.sending
    this.sending = null
    return how
  }

  /* A form that is again as it was opened has nothing to be kept. */
  toSend() {
    return this.isAsOpened ? { ...this.entry(), typed: [] } : this.entry()
  }

  async deliver() {
    const now = this.latest
    const entry = this.toSend()
    if (!this.failed) tellState(this.words.keeping)
    const answer = await send(this.words.keep, post(this.uid, entry, this.whose))
    this.isReached = ["kept", "soon"].includes(answer.how)
    if (this.isReached) this.answeredAt = Date.now()
    if (answer.how === "kept") this.note(now, entry, answer)
    else this.trouble(answer)
    this.say()
    return answer.how
  }

  note(now, entry, { told }) {
    this.sent = now
    this.failed = 0
    if (this.latest === now && !this.hasEnded && entry.typed.length) put(this.owner, this.uid, { ...entry, isSent: true })
    tellTrouble("")
    tellState(told)
  }

  trouble({ how, told, after }) {
    if (how === "soon") return this.sendSoon(after * 1000)
    tellState(this.isHere ? this.words.hereOnly : "")
    if (how === "denied") {
      remove(this.owner, this.uid)
      this.hasEnded = true
      this.isHere = false
      return tellTrouble(told)
    }
    if (how === "full") return tellTrouble(told)
    if (this.isToBeSaved) return // copies-saving.js tells, and tries again
    if (how === "ended") this.tellEnded(told)
    else tellTrouble(this.isHere ? this.words.away : this.words.nowhere)
    this.sendSoon(AGAIN[Math.min(this.failed, AGAIN.length - 1)])
    this.failed += 1
  }

  /* The page goes away: what is not sent yet is sent without waiting for the answer. */
  leave() {
    this.look()
    const isUnsent = this.latest !== null && this.latest !== this.sent
    if (isUnsent && !this.isSaving && !this.hasEnded) beacon(this.words.keep, post(this.uid, this.toSend(), this.whose))
  }

  /* The person signed out in another window. */
  end() {
    this.hasEnded = true
    this.isHere = false
    remove(this.owner, this.uid)
    this.tellEnded()
    this.say()
  }

  tellEnded(told) {
    tellTrouble(told || this.words.ended, { label: this.words.endedLink, address: this.words.signIn })
  }
}

/* What this browser kept of this story in another window, or before it broke down, becomes an offer of the server. */
async function offerWhatIsHere(keeper) {
  const { owner, words, whose, uid } = keeper
  const count = await sendAll({ owner, address: words.keep, whose, except: uid })
  if (count && keeper.isAsOpened && !keeper.form.querySelector("[data-unsaved]")) location.reload()
}

if (form && place.dataset.keep) {
  forgetSent(place.dataset.owner)
  const keeper = new Keeper(form, place)
  saveFirst(form, keeper, place.dataset)
  goOnWithNewer(keeper).then(() => offerWhatIsHere(keeper))
}
if (place?.dataset.presenceAddress) watchPresence(place)
