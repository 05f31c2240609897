/* An order that people change: by dragging an item's handle, or with Shift and the arrow keys on it. */

const BACK = ["ArrowLeft", "ArrowUp"]
const ON = ["ArrowRight", "ArrowDown"]
const FAR = 5 /* pixels before a press becomes a drag */

/* `list`: its children are the items. `handle`: selector within an item. `moved(item)` after each change. */
export function orderable(list, { handle, moved, removed }) {
  let drag = null

  list.addEventListener("keydown", (event) => {
    const item = itemOf(list, event.target, handle)
    if (!item) return
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault()
      return removed(item)
    }
    const step = BACK.includes(event.key) ? -1 : ON.includes(event.key) ? 1 : 0
    if (!step) return
    event.preventDefault()
    const other = step < 0 ? item.previousElementSibling : item.nextElementSibling
    if (!event.shiftKey) return other?.querySelector(handle)?.focus()
    if (!other) return
    if (step < 0) other.before(item)
    else other.after(item)
    item.querySelector(handle).focus()
    moved(item)
  })

  list.addEventListener("pointerdown", (event) => {
    const item = event.button === 0 && itemOf(list, event.target, handle)
    if (item) drag = { item, x: event.clientX, y: event.clientY, before: item.nextElementSibling, isOn: false, id: event.pointerId }
  })
  list.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.id) return
    if (!drag.isOn) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR) return
      drag.isOn = true
      drag.item.classList.add("is-dragged")
      list.setPointerCapture(event.pointerId)
    }
    event.preventDefault()
    const over = [...list.children].find((item) => item !== drag.item && holds(item, event))
    if (over) pass(drag.item, over, event)
  })
  const end = (isKept) => (event) => {
    if (!drag || event.pointerId !== drag.id) return
    const { item, isOn, before } = drag
    drag = null
    if (!isOn) return
    item.classList.remove("is-dragged")
    if (!isKept) list.insertBefore(item, before)
    else moved(item)
    list.addEventListener("click", stop, { capture: true, once: true }) // the press was no press of a button
    setTimeout(() => list.removeEventListener("click", stop, { capture: true }))
  }
  list.addEventListener("pointerup", end(true))
  list.addEventListener("pointercancel", end(false))
  list.addEventListener("dragstart", (event) => event.preventDefault()) // pictures would be dragged by the browser
}

function itemOf(list, target, handle) {
  const item = target.closest(handle) && [...list.children].find((each) => each.contains(target))
  return item ?? null
}

/* Within a line an item is passed at its middle, or a wide one would jump to and fro. */
function pass(item, over, { clientX }) {
  const isAfter = item.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING
  const [mine, other] = [item.getBoundingClientRect(), over.getBoundingClientRect()]
  const isOneLine = mine.top < other.bottom && other.top < mine.bottom
  const isPast = isAfter ? clientX > other.left + other.width / 2 : clientX < other.left + other.width / 2
  if (isOneLine && !isPast) return
  if (isAfter) over.after(item)
  else over.before(item)
}

function holds(item, { clientX, clientY }) {
  const { left, right, top, bottom } = item.getBoundingClientRect()
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom
}

function stop(event) {
  event.preventDefault()
  event.stopPropagation()
}
