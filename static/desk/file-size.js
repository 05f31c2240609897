/* Reports files that are too large, each or together, when they are chosen, and does not send them: the server refuses
   such a form before reading it, so the typed text would be lost. */
const sum = (files) => files.reduce((size, file) => size + file.size, 0)

for (const form of new Set([...document.querySelectorAll("[data-most-bytes]")].map((input) => input.form))) {
  const inputs = [...form.querySelectorAll("input[type=file][data-most-bytes]")]
  const together = inputs.find((input) => input.dataset.mostTogether)
  const isTooMuch = () => together && sum(inputs.flatMap((input) => [...input.files])) > Number(together.dataset.mostTogether)

  const problem = (input) => {
    if ([...input.files].some((file) => file.size > Number(input.dataset.mostBytes))) return input.dataset.tooLarge
    return input === together && isTooMuch() ? input.dataset.tooMuch : ""
  }

  const places = new Map(inputs.map((input) => {
    const place = document.createElement("div")
    place.id = `${input.id}_too_large`
    place.setAttribute("role", "alert")
    input.before(place)
    return [input, [place, input.getAttribute("aria-describedby") ?? ""]]
  }))

  /* Shows the problems and returns the first input that has one. */
  const tell = () => {
    for (const [input, [place, described]] of places) {
      const words = document.createElement("p")
      words.className = "file-too-large"
      words.textContent = problem(input)
      place.replaceChildren(...(words.textContent ? [words] : []))
      input.setAttribute("aria-describedby", words.textContent ? `${place.id} ${described}`.trim() : described)
      input.setAttribute("aria-invalid", Boolean(words.textContent))
    }
    return inputs.find(problem)
  }

  form.addEventListener("change", (event) => {
    if (inputs.includes(event.target)) tell()
  })
  form.addEventListener("submit", (event) => {
    const input = tell()
    if (!input) return
    event.preventDefault()
    event.stopImmediatePropagation()
    input.focus()
  }, { capture: true })
}
