/* On a narrow screen the panel of the story's form is a sheet that a button of the bar opens and closes. What stays in
   sight below the bar is told how high the bar is: its steps take one line or two. */

const panel = document.getElementById("panel")
const button = document.querySelector(".bar-panel")

function show(isOpen) {
  panel.classList.toggle("is-open", isOpen)
  button.setAttribute("aria-expanded", isOpen)
}

if (panel && button) {
  const isNarrow = matchMedia("(max-width: 63.99rem)")
  const fit = () => {
    panel.classList.toggle("is-sheet", isNarrow.matches)
    button.hidden = !isNarrow.matches
  }
  fit()
  isNarrow.addEventListener("change", fit)
  button.addEventListener("click", () => {
    show(!panel.classList.contains("is-open"))
    if (panel.classList.contains("is-open")) panel.querySelector("a, button, input, select, summary")?.focus()
  })
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !panel.classList.contains("is-sheet")) return
    show(false)
    button.focus()
  })
  document.addEventListener("desk:panel", () => panel.classList.contains("is-sheet") && show(true))
  /* A link to a field of the panel, such as one of the errors, opens it first. */
  document.addEventListener("click", (event) => {
    const place = event.target.closest?.("a[href^='#']")?.hash
    const field = place && document.getElementById(place.slice(1))
    if (!field || !panel.contains(field)) return
    for (const fold of panel.querySelectorAll("details")) if (fold.contains(field)) fold.open = true
    if (panel.classList.contains("is-sheet")) show(true)
  })
}

const bar = document.querySelector(".bar")
const tellHeight = () => document.documentElement.style.setProperty("--bar-height", `${bar.offsetHeight}px`)
if (bar) new ResizeObserver(tellHeight).observe(bar)

/* A field that lies in a menu of the bar: a link to it opens the menu, and so does a fault in it. */
for (const menu of document.querySelectorAll(".bar-menu:has(.errorlist)")) menu.showPopover()
document.addEventListener("click", (event) => {
  const place = event.target.closest?.("a[href^='#']")?.hash
  document.getElementById(place?.slice(1))?.closest(".bar-menu:not(:popover-open)")?.showPopover()
})
