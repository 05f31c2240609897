/* Where the form of a story tells of its keeping: the state in the bar, and what is wrong above the form. */

const state = document.querySelector("[data-saved]")
const trouble = document.querySelector(".copy-trouble")

export function tellState(words) {
  if (state && state.textContent !== words) state.textContent = words ?? ""
}

/** `steps`: {label, address} of a link that opens beside the form, or {label, press} of a button. */
export function tellTrouble(words, ...steps) {
  if (!trouble) return
  const told = `${words}${steps.map((step) => step.label).join("")}`
  if (trouble.dataset.told === told) return
  trouble.dataset.told = told
  trouble.hidden = !words
  trouble.replaceChildren(words ?? "", ...steps.flatMap((step) => [" ", made(step)]))
}

function made({ label, address, press }) {
  const step = document.createElement(address ? "a" : "button")
  step.textContent = label
  step.className = "button"
  if (address) Object.assign(step, { href: address, target: "_blank" })
  else {
    step.type = "button"
    step.addEventListener("click", press)
  }
  return step
}
