/* The lists of the desk: choosing rows, the keyboard, the peek, and what a filter offers. Everything here is also
   possible without scripts, by links and buttons. */

import { selection } from "./selection.js";
import { keyboard } from "./list-keys.js";

const list = document.querySelector("#changelist");

// On a phone the tabs are a strip that is moved sideways: the one that is open stands in sight.
list?.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

/** One dropdown at a time; a press elsewhere or Escape closes it. */
function closeFilters(except) {
  for (const open of document.querySelectorAll("details.filter[open]")) {
    if (open !== except && !open.contains(except)) open.open = false;
  }
}

document.addEventListener("click", (event) => closeFilters(event.target));
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.activeElement?.closest("details.filter[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

/** What a filter offers, from its own page: shown in place, and searched while somebody types. */
async function offer(place, address) {
  const answer = await fetch(address);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const rows = page.querySelector(".choose-rows");
  if (!rows) return;
  if (!place.querySelector("form")) {
    const form = page.querySelector(".choose form");
    const words = form.querySelector("input[type=search]");
    form.querySelector("button").remove();
    let last;
    words.addEventListener("input", () => {
      clearTimeout(last);
      last = setTimeout(() => offer(place, `${address.split("?")[0]}?${new URLSearchParams(new FormData(form))}`), 200);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      place.querySelector(".choose-rows a")?.click();
    });
    place.replaceChildren(form);
    words.focus();
  }
  place.querySelector(".choose-rows")?.remove();
  place.append(rows);
}

for (const place of document.querySelectorAll("[data-choose]")) {
  const filter = place.closest("details");
  filter.addEventListener("toggle", () => {
    if (filter.open && !place.querySelector("form")) offer(place, place.dataset.choose);
  });
}

if (list?.querySelector("#result_list")) {
  const chosen = selection(list);
  keyboard(list, chosen);
}
