/* Sends one file to the desk and returns the result: done, to be sent again, or stopped until somebody acts. */

const LATER = new Set([400, 408, 425, 429, 500, 502, 503, 504])

const SLOWEST = 20 /* bytes per millisecond: a slower connection counts as broken */

/* A deleted file claims to be empty and lets a part be read, so an empty file is read whole. */
const isReadable = async (file) => {
  try {
    await (file.size ? file.slice(0, 1) : file).arrayBuffer()
    return true
  } catch {
    return false
  }
}

const resultOf = async (answer) => {
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return null
  try {
    return (await answer.json()).results[0] ?? null
  } catch {
    return null /* the connection broke */
  }
}

export class Sender {
  constructor(form, words) {
    this.form = form
    this.words = words
  }

  /* `isAgain`: the desk may have the file already, if only its response was lost. */
  async send(file, isAgain) {
    const first = await this.post(file, isAgain)
    if (!first.isRefusedForm) return first
    const why = await this.renew()
    if (why) return why
    const second = await this.post(file, isAgain)
    return second.isRefusedForm ? { isStop: true, why: this.words.closed } : second
  }

  async post(file, isAgain) {
    const data = new FormData()
    data.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value)
    if (isAgain) data.append("since", this.form.elements.since.value)
    data.append("files", file)
    let answer = null
    try {
      const signal = AbortSignal.timeout(60_000 + file.size / SLOWEST)
      const headers = { Accept: "application/json" }
      answer = await fetch(this.form.action, { method: "POST", body: data, headers, signal })
    } catch {
      if (!(await isReadable(file))) return { isDone: true, why: this.words.unreadable }
      return { isOffline: true, why: this.words.offline }
    }
    if (answer.status === 413) return { isDone: true, why: this.words.too_much }
    const result = await resultOf(answer)
    if (result) return { isDone: !result.again, result, why: result.error }
    if (LATER.has(answer.status) || (answer.ok && !answer.redirected)) return { why: this.words.failed }
    return { isRefusedForm: true }
  }

  /* After a sign-in or sign-out in another window: fetches the present token. Returns any other problem. */
  async renew() {
    let answer = null
    let text = ""
    try {
      answer = await fetch(this.form.action)
      text = await answer.text()
    } catch {
      return { isOffline: true, why: this.words.offline }
    }
    if (answer.status === 403) return { isStop: true, why: this.words.closed }
    const page = new DOMParser().parseFromString(text, "text/html")
    const token = page.querySelector("form[data-upload] [name=csrfmiddlewaretoken]")
    if (!token) return answer.ok ? { isStop: true, why: this.words.signed_out } : { why: this.words.failed }
    this.form.elements.csrfmiddlewaretoken.value = token.value
    return null
  }
}
