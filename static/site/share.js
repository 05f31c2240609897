/* Sharing by the device's own sheet, and copying the address, where a browser can. Without this script the same links
   unfold. */

const head = document.querySelector(".share-head");

if (head && navigator.share)
  head.querySelector("summary").addEventListener("click", async (event) => {
    event.preventDefault();
    const { title, address: url } = head.dataset;
    try {
      await navigator.share({ title, url });
    } catch (error) {
      if (error.name !== "AbortError") head.open = true; // the reader closed the sheet, or the device refuses it
    }
  });

if (navigator.clipboard)
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.parentElement.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        button.textContent = button.dataset.done;
      } catch {
        button.textContent = button.dataset.copy; // the device refuses: the address can be selected
      }
    });
  }
