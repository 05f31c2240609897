/* The secret of a preview link stands behind "#" and is sent to nobody until the button is pressed. */

const code = document.getElementById("code")
const fill = () => {
  const secret = location.hash.slice(1)
  code.value = secret
  code.closest("p").hidden = Boolean(secret)
}

if (code) {
  fill()
  addEventListener("hashchange", fill)
}
