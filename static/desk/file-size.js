/* Files that are larger than what is taken, each or together, are told when they are chosen, and not sent: a form so
   large would be refused before it is read, and with it what was typed. */
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

  /* Says which input has a problem, if one has. */
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
