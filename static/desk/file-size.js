/* A file that is larger than what is taken is told when it is chosen, and not sent: a form so large would be refused
   before it is read, and with it what was typed. */
for (const input of document.querySelectorAll("input[type=file][data-most-bytes]")) {
  const told = document.createElement("div")
  told.id = `${input.id}_too_large`
  told.setAttribute("role", "alert")
  input.before(told)
  const described = input.getAttribute("aria-describedby") ?? ""
  const isTooLarge = () => [...input.files].some((file) => file.size > Number(input.dataset.mostBytes))

  const tell = () => {
    const words = document.createElement("p")
    words.className = "file-too-large"
    words.textContent = input.dataset.tooLarge
    told.replaceChildren(...(isTooLarge() ? [words] : []))
    input.setAttribute("aria-describedby", isTooLarge() ? `${told.id} ${described}`.trim() : described)
    input.setAttribute("aria-invalid", isTooLarge())
  }
  input.addEventListener("change", tell)
  input.form.addEventListener("submit", (event) => {
    if (!isTooLarge()) return
    event.preventDefault()
    event.stopImmediatePropagation()
    tell()
    input.focus()
  }, { capture: true })
}
