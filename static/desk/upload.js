/* The page for many photos: files are sent one by one, and each tells what came of it. Without a script the form
   sends them all together. */
const form = document.querySelector("form[data-upload]")
const input = form.querySelector("input[type=file]")
const area = form.querySelector(".upload-area")
const progress = document.querySelector(".upload-progress")
const list = document.querySelector(".upload-results")

const element = (name, text = "", children = []) => {
  const made = document.createElement(name)
  made.textContent = text
  made.append(...children)
  return made
}

const link = (title, address) => {
  const made = element("a", title)
  made.href = address
  return made
}

const show = (row, result) => {
  const lines = []
  const name = result.title || result.name
  lines.push(element("strong", "", [result.address ? link(name, result.address) : name]))
  for (const text of [result.error, result.credit, result.caption]) if (text) lines.push(element("p", text))
  if (result.lacking) {
    const warning = element("p", result.lacking)
    warning.className = "agenda-warning"
    lines.push(warning)
  }
  for (const other of result.alike ?? []) {
    lines.push(element("p", `${form.dataset.alike} `, [link(other.title, other.address)]))
  }
  row.className = result.error ? "upload-refused" : ""
  row.replaceChildren(element("div", "", lines))
  if (result.picture) {
    const picture = element("img")
    picture.src = result.picture
    picture.alt = ""
    row.prepend(picture)
  }
}

const send = async (file) => {
  const data = new FormData()
  data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  data.append("files", file)
  const answer = await fetch("", { method: "POST", body: data, headers: { Accept: "application/json" } })
  if (!answer.ok) throw new Error(answer.status)
  return (await answer.json()).results[0]
}

const sendAll = async (files) => {
  const waiting = files.map((file) => {
    const row = element("li", `${file.name}: ${form.dataset.waiting}`)
    list.append(row)
    return [file, row]
  })
  let done = 0
  for (const [file, row] of waiting) {
    row.textContent = `${file.name}: ${form.dataset.sending}`
    progress.textContent = `${done} / ${files.length}`
    try {
      show(row, await send(file))
    } catch {
      show(row, { name: file.name, error: form.dataset.failed })
    }
    done += 1
  }
  progress.textContent = `${done} / ${files.length}`
}

form.addEventListener("submit", (event) => {
  if (!input.files.length) return
  event.preventDefault()
  sendAll([...input.files])
  form.reset()
})
for (const name of ["dragenter", "dragover"]) {
  area.addEventListener(name, (event) => {
    event.preventDefault()
    area.classList.add("upload-over")
  })
}
area.addEventListener("dragleave", () => area.classList.remove("upload-over"))
area.addEventListener("drop", (event) => {
  event.preventDefault()
  area.classList.remove("upload-over")
  sendAll([...event.dataTransfer.files])
})
