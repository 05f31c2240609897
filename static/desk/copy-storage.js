/* What somebody types into the form of a story, in the storage of this browser: for the case that the server, the network
   or the browser itself goes away. It is kept by person, for 7 days, and emptied when they sign out.

   One entry a form: {story, version, typed, at, isSent}, under the uid of its working copy. `isSent`: the server has it. */

const PREFIX = "desk-copy:"
const SIGNED_OUT = "desk-signed-out"
const LASTS = 7 * 24 * 3_600_000

const keyOf = (owner, uid) => `${PREFIX}${owner}:${uid}`

/** Whether it is stored: a browser may have no storage, or no room in it. */
export function put(owner, uid, entry) {
  try {
    localStorage.setItem(keyOf(owner, uid), JSON.stringify({ ...entry, at: Date.now() }))
    return true
  } catch {
    return false
  }
}

export function remove(owner, uid) {
  try {
    localStorage.removeItem(keyOf(owner, uid))
  } catch {
    // a browser without storage has nothing to be removed
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key))
  } catch {
    return null
  }
}

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
  } catch {
    return []
  }
}

/** Forget what is older than 7 days, whoever typed it. */
export function forgetOld() {
  for (const key of keys()) if (!(Date.now() - (read(key)?.at ?? 0) < LASTS)) localStorage.removeItem(key)
}

/** Forget what the server has: it offers that itself. */
export function forgetSent(owner) {
  for (const key of keys()) if (key.startsWith(keyOf(owner, "")) && read(key)?.isSent) localStorage.removeItem(key)
}

/** [[uid, entry]] of this person that the server does not have. */
export function unsent(owner) {
  const own = keys().filter((key) => key.startsWith(keyOf(owner, "")))
  return own.map((key) => [key.slice(keyOf(owner, "").length), read(key)]).filter(([, entry]) => entry && !entry.isSent)
}

/** Forget all that this person typed, in this window and the others. */
export function forget(owner) {
  for (const key of keys()) if (key.startsWith(keyOf(owner, ""))) localStorage.removeItem(key)
  try {
    localStorage.setItem(SIGNED_OUT, `${owner} ${Date.now()}`)
  } catch {
    // without storage the other windows keep nothing either
  }
}

/** Calls `end` when this person signs out in another window. */
export function onSignOut(owner, end) {
  addEventListener("storage", (event) => {
    if (event.key === SIGNED_OUT && event.newValue?.startsWith(`${owner} `)) end()
  })
}
