/* A form that asks the browser for a passkey, and sends what it answers. */

const form = document.querySelector("form[data-passkey]")
const options = JSON.parse(document.getElementById("passkey-options").textContent).publicKey
const button = form.querySelector("button[type=submit]")
const trouble = form.querySelector("[role=alert]")

const acts = {
  create: () => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  get: () => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
}

async function ask(event) {
  event.preventDefault()
  button.disabled = true
  trouble.hidden = true
  try {
    const credential = await acts[form.dataset.passkey]()
    form.elements.credential.value = JSON.stringify(credential.toJSON())
    form.submit()
  } catch (error) {
    /* The person said no, or took too long: browsers tell no more. */
    console.info(error)
    trouble.hidden = false
    button.disabled = false
  }
}

if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  button.disabled = false
  form.addEventListener("submit", ask)
} else {
  trouble.hidden = false
}
