/* Stories are dragged into a place of the front page, or from one place to another. A drop fills in the form that stands
   beside it and sends it; without an end, a breaking line waits until one is written. */

import { dragInto } from "./drag.js"

const form = document.querySelector("#front-place")
const BREAKING = "0"

function choose(story) {
  const known = form.querySelector(`[name=story][value="${story}"]`)
  if (known) {
    known.checked = true
    return
  }
  for (const other of form.querySelectorAll("[name=story]")) other.checked = false
  const chosen = document.createElement("input")
  Object.assign(chosen, { type: "hidden", name: "story", value: story })
  form.append(chosen)
}

function drop(story, place) {
  for (const hidden of form.querySelectorAll("[type=hidden][name=story]")) hidden.remove()
  choose(story)
  form.elements.place.value = place
  if (place === BREAKING && !form.elements.until_0.value) form.elements.until_0.focus()
  else form.requestSubmit()
}

dragInto([...document.querySelectorAll("[data-place]")], document.querySelectorAll("[data-story]"), {
  words: ".front-headline",
  isThere: (story, spot) => story === spot,
  drop: (story, spot) => drop(story.dataset.story, spot.dataset.place),
})
