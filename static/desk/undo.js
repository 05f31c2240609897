/* Tells what was taken out, with a button that brings it back; and other things that happened. */

import { fill, known, make } from "./make.js"

export function undoing() {
  const element = make("p", { className: "undo", role: "status" })
  const say = (...nodes) => element.replaceChildren(...nodes)

  function offer(name, bringBack) {
    const button = make("button", { type: "button", textContent: known.words.undo })
    button.addEventListener("click", () => {
      say()
      bringBack()
    })
    say(fill(known.words.removed, { name }), " ", button)
  }

  return { element, say, offer, clear: () => say() }
}
