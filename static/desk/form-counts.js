/* Counts the letters of the headline and the standfirst while they are typed. A good length is no limit. */

const words = document.getElementById("count-words")

for (const field of document.querySelectorAll("[data-good-length]")) {
  const most = Number(field.dataset.goodLength)
  const told = Object.assign(document.createElement("p"), { className: "letters", id: `${field.id}_letters` })
  const show = () => {
    const count = [...field.value.trim()].length
    told.textContent = count ? words.dataset.letters.replace("{count}", count).replace("{most}", most) : ""
    told.classList.toggle("is-long", count > most)
  }
  field.after(told)
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), told.id].filter(Boolean).join(" "))
  field.addEventListener("input", show)
  show()
}
