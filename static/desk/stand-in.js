/* A field that is hidden because something better stands for it: a link to the field leads to what stands for it. */

const stands = new Map()

export const standsFor = (field, place) => stands.set(field, place)

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]')
  const field = link && document.getElementById(link.hash.slice(1).replace(/_error$/, ""))
  const place = field && stands.get(field)?.()
  if (!place) return
  event.preventDefault()
  place.scrollIntoView({ block: "center" })
  place.focus()
})
