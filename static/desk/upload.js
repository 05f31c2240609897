/* The page for many photos: files are sent one by one, each with its own result. If the network fails or the session
   ends, a file is sent again, and then stays here with a button. Without JavaScript the form sends all files together. */
import { Sender } from "./upload-sender.js"

const form = document.querySelector("form[data-upload]")
const input = form.querySelector("input[type=file]")
const area = form.querySelector(".upload-area")
const problem = form.querySelector(".upload-problem")
const status = document.querySelector(".upload-status")
const [sum, reason] = status.children
const progress = document.querySelector(".upload-progress")
const signIn = document.querySelector(".upload-sign-in")
const blank = document.getElementById("upload-row")
const words = JSON.parse(document.getElementById("upload-words").textContent)
const sender = new Sender(form, words)

const SECONDS = [1, 2, 4, 8] /* before each further try */
const lists = Object.fromEntries([...document.querySelectorAll("[data-list]")].map((list) => [list.dataset.list, list]))
const counts = { taken: 0, refused: 0 }
const waiting = []
const left = []
let all = 0
let isWorking = false
let wake = () => {}

const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_whole, name) => values[name])
const pause = (seconds) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000)
    wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })

/* Display --------------------------------------------------------------------------- */

const put = (name, row) => {
  const from = row.closest("[data-list]")
  lists[name].querySelector("ul").append(row)
  for (const list of new Set([from, lists[name]])) {
    if (!list) continue
    const rows = list.querySelector("ul").childElementCount
    list.hidden = !rows
    list.querySelector("h2 span").textContent = rows
  }
}

const say = (item, text) => {
  item.row.querySelector(".upload-why").textContent = text
}

const tell = () => {
  progress.hidden = !isWorking
  const bar = progress.querySelector("progress")
  bar.max = all
  bar.value = counts.taken + counts.refused + left.length
  progress.querySelector("span").textContent = `${bar.value} / ${all}`
}

const total = () => {
  const parts = [fill(words.counts, counts)]
  if (left.length) parts.push(fill(words.left, { left: left.length }))
  return parts.join(", ")
}

const rowOf = (file) => {
  const row = blank.content.firstElementChild.cloneNode(true)
  const button = row.querySelector("button")
  row.querySelector("strong").textContent = file.name
  button.setAttribute("aria-label", `${button.textContent}: ${file.name}`)
  return row
}

const refuse = (item, why) => {
  item.row.classList.add("upload-refused")
  item.row.querySelector("button")?.remove()
  say(item, why)
  counts.refused += 1
  put("refused", item.row)
}

/* Sending ---------------------------------------------------------------------------- */

const finish = (item, answer) => {
  if (!answer.result) return refuse(item, answer.why)
  const name = answer.result.error ? "refused" : "taken"
  const made = document.createElement("template")
  made.innerHTML = answer.result.html /* from our own server, which escapes all text of a file */
  const row = made.content.firstElementChild
  item.row.replaceWith(row)
  counts[name] += 1
  put(name, row)
}

/* Tries one file a few times. Returns the reason if the whole batch must stop. */
const take = async (item) => {
  for (const seconds of [...SECONDS, 0]) {
    say(item, words.sending)
    const answer = await sender.send(item.file, item.isAgain)
    item.isAgain = true
    if (answer.isDone) {
      finish(item, answer)
      if (reason.textContent) reason.textContent = words.back
      return ""
    }
    item.why = answer.why
    if (answer.isStop || !seconds) return answer.isStop || answer.isOffline ? answer.why : leave(item)
    say(item, words.again)
    if (answer.isOffline) reason.textContent = words.offline
    await pause(seconds)
  }
}

const leave = (item) => {
  say(item, item.why)
  item.row.querySelector("button").hidden = false
  left.push(item)
  put("left", item.row)
  return ""
}

const work = async () => {
  if (isWorking) return
  isWorking = true
  signIn.hidden = true
  sum.textContent = fill(words.begun, { count: waiting.length })
  reason.textContent = ""
  while (waiting.length) {
    tell()
    const why = await take(waiting[0])
    if (!why) waiting.shift()
    else for (const item of waiting.splice(0)) leave(Object.assign(item, { why }))
    signIn.hidden = why !== words.signed_out
  }
  isWorking = false
  tell()
  sum.textContent = total()
  reason.textContent = left.at(-1)?.why ?? ""
}

const queue = (items) => {
  for (const item of items) {
    item.row.querySelector("button").hidden = true
    say(item, words.waiting)
    put("waiting", item.row)
    waiting.push(item)
  }
  work()
}

const again = (items) => {
  for (const item of items) left.splice(left.indexOf(item), 1)
  status.focus()
  queue(items)
}

const sendAll = (files, folders = []) => {
  all += files.length + folders.length
  problem.hidden = true
  for (const folder of folders) refuse({ row: rowOf(folder) }, words.folder)
  const items = []
  for (const file of files) {
    const item = { file, row: rowOf(file), isAgain: false }
    item.row.querySelector("button").addEventListener("click", () => again([item]))
    if (file.size > Number(form.dataset.mostBytes)) refuse(item, form.dataset.tooLarge)
    else items.push(item)
  }
  queue(items)
}

/* Events ---------------------------------------------------------------------------- */

form.addEventListener("submit", (event) => {
  event.preventDefault()
  const files = [...input.files]
  if (files.length) {
    input.value = ""
    input.dispatchEvent(new Event("change")) // for the words beside it (file-button.js)
    sendAll(files)
  } else if (!isWorking) {
    problem.textContent = words.choose
    problem.hidden = false
    input.focus()
  }
})

/* The browser would open a file dropped outside the area instead of the page. */
for (const name of ["dragenter", "dragover"]) {
  addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    area.classList.add("upload-over")
  })
}
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) area.classList.remove("upload-over")
})
addEventListener("drop", (event) => {
  area.classList.remove("upload-over")
  if (!event.dataTransfer?.files.length) return
  event.preventDefault()
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.())
  const files = [...event.dataTransfer.files]
  const isFolder = (_file, place) => entries[place]?.isDirectory
  sendAll(files.filter((file, place) => !isFolder(file, place)), files.filter(isFolder))
})

document.querySelector(".upload-all").addEventListener("click", () => again([...left]))
addEventListener("online", () => {
  wake()
  const offline = left.filter((item) => item.why === words.offline)
  if (offline.length) again(offline)
})
addEventListener("beforeunload", (event) => {
  if (isWorking || left.length) event.preventDefault()
})
