/* The secret of an invitation stands behind the "#", which browsers send to nobody: it is posted, and the address forgets it. */

const form = document.getElementById("joining-code")
const secret = location.hash.slice(1)

if (secret) {
  form.elements.code.value = secret
  history.replaceState(null, "", location.pathname)
  form.requestSubmit()
}
