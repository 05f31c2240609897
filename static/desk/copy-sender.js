/* Sends a working copy to the server. It answers {how, told, after}:

   kept   the server has it                       soon   one more second, then again (`after` in seconds)
   ended  nobody is signed in, or somebody else   denied this person may not change the story any more
   away   no answer, or no room                   full   it is too much, or there are too many */

import { put, remove, unsent } from "./copy-storage.js"

export function token() {
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]*)/)
  return cookie?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? ""
}

/** The post of a copy; `whose`: the sign of the person for whom the page was made. */
export function post(uid, { story, version, typed }, whose) {
  const fields = { copy: uid, story: story ?? "", version: version ?? "", typed: JSON.stringify(typed), whose }
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  body.append("csrfmiddlewaretoken", token())
  return body
}

const HOW = { 200: "kept", 429: "soon", 401: "ended", 403: "denied", 404: "denied", 400: "full", 409: "full", 413: "full" }

export async function send(address, body, timeout = 20_000) {
  let answer
  try {
    answer = await fetch(address, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(timeout) })
  } catch {
    return { how: "away" }
  }
  if (answer.type === "opaqueredirect") return { how: "ended" }
  const isTold = answer.headers.get("Content-Type")?.includes("json")
  if (answer.status === 403 && !isTold) return { how: "ended" } // the token of a sign-in that is over
  const told = isTold ? (await answer.json().catch(() => ({}))).told : ""
  return { how: HOW[answer.status] ?? "away", told, after: Number(answer.headers.get("Retry-After")) || 2 }
}

export function beacon(address, body) {
  return navigator.sendBeacon?.(address, body) ?? false
}

const REST = 1.2 // seconds
const wait = (seconds) => new Promise((go) => setTimeout(go, seconds * 1000))

/** Sends all that this browser alone has of this person, one after the other, except of forms that are open and
    send it themselves. Returns how many the server has now. */
export async function sendAll({ owner, address, whose, except = "" }) {
  let count = 0
  const { held = [] } = (await navigator.locks?.query()) ?? {}
  const isOpen = new Set([except, ...held.map((lock) => lock.name)])
  for (const [uid, entry] of unsent(owner).filter(([uid]) => !isOpen.has(uid))) {
    const how = await sendOne({ owner, address, whose }, uid, entry)
    if (how === "kept") count += 1
    else if (how !== "denied") break
  }
  return count
}

/** Sends one that this browser alone has. Returns how that went. */
export async function sendOne({ owner, address, whose }, uid, entry) {
  await wait(REST) // at least a second lies between two posts, and the form sent its last as it was left
  let answer = await send(address, post(uid, entry, whose))
  if (answer.how === "soon") {
    await wait(answer.after)
    answer = await send(address, post(uid, entry, whose))
  }
  if (answer.how === "kept") put(owner, uid, { ...entry, isSent: true })
  else if (answer.how === "denied") remove(owner, uid)
  return answer.how
}
