/* What somebody typed and did not save leaves this browser when they sign out. The server keeps it for them. */

import { forget, forgetOld } from "./copy-storage.js"

forgetOld()
const form = document.querySelector("[data-copies-of]")
form?.addEventListener("submit", () => forget(form.dataset.copiesOf))
