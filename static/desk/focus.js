/* A click on the photo, or the numbers, set its focal point; each crop shows the part that it would keep. */
const picture = document.querySelector(".focus-picture")
const across = document.getElementById("id_focal_x")
const down = document.getElementById("id_focal_y")

if (picture && across && down) {
  const mark = picture.querySelector(".focus-mark")
  const image = picture.querySelector("img")
  const number = (input) => Math.min(1, Math.max(0, Number.parseFloat(input.value.replace(",", ".")) || 0))

  /* Same as crop_box in articles/photos/addresses.py: the largest box of a ratio, as close to the focal point as it fits. */
  const place = (focus, length, box) => (length === box ? 0 : Math.min(Math.max(0, focus * length - box / 2), length - box) / (length - box))
  const show = () => {
    const [x, y] = [number(across), number(down)]
    mark.style.insetInlineStart = `${x * 100}%`
    mark.style.insetBlockStart = `${y * 100}%`
    for (const crop of document.querySelectorAll(".focus-crop")) {
      const ratio = Number.parseFloat(crop.dataset.ratio)
      const [width, height] = [image.naturalWidth, image.naturalHeight]
      const left = place(x, width, Math.min(width, height * ratio))
      const top = place(y, height, Math.min(height, width / ratio))
      crop.querySelector("img").style.objectPosition = `${left * 100}% ${top * 100}%`
    }
  }

  picture.addEventListener("click", (event) => {
    const box = image.getBoundingClientRect()
    across.value = ((event.clientX - box.left) / box.width).toFixed(2)
    down.value = ((event.clientY - box.top) / box.height).toFixed(2)
    show()
  })
  for (const input of [across, down]) input.addEventListener("input", show)
  if (image.complete) show()
  image.addEventListener("load", show)
}
