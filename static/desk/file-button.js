/* File fields in the language of the desk: a browser writes its own words on them. Without this script the browser's
   button stays. */

const words = document.getElementById("file-words")?.dataset

function dress(input) {
  const button = Object.assign(document.createElement("span"), { className: "file-button", textContent: input.multiple ? words.several : words.one })
  const chosen = Object.assign(document.createElement("span"), { className: "file-chosen", textContent: words.none })
  const shell = Object.assign(document.createElement("span"), { className: "file-shell" })
  button.setAttribute("aria-hidden", "true")
  chosen.setAttribute("aria-hidden", "true")
  input.before(shell)
  shell.append(input, button, chosen)
  const tell = () => {
    const names = [...input.files].map((file) => file.name)
    chosen.textContent = names.length > 1 ? words.count.replace("9", names.length) : (names[0] ?? words.none)
  }
  input.addEventListener("change", () => setTimeout(tell)) // another script may take the files away
  input.form?.addEventListener("reset", () => setTimeout(tell))
}

if (words) for (const input of document.querySelectorAll("input[type=file]:not(.photo-file input)")) dress(input)
