/* The keyboard in a list: up and down or k and j go from row to row, Enter opens, space peeks, x chooses. Letters are
   left alone in fields, and where somebody has switched them off (data-letter-keys="off"). */

const FIELDS = "input:not([type=checkbox]), select, textarea, [contenteditable], summary, button";

function lettersAreOff() {
  return Boolean(document.querySelector("[data-letter-keys=off]"));
}

export function keyboard(list, chosen) {
  const rows = [...list.querySelectorAll("#result_list tbody tr")];
  const linkOf = (row) => row?.querySelector("th a, .field-headline_column a, td a");
  const links = rows.map(linkOf);
  let dialog = null;

  function current() {
    return rows.findIndex((row) => row.contains(document.activeElement));
  }

  function go(step) {
    const at = current();
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
    links[next]?.focus();
    rows[next]?.scrollIntoView({ block: "nearest" });
    return rows[next];
  }

  async function peek(row) {
    const address = row?.querySelector("[data-peek]")?.dataset.peek;
    if (!address) return;
    const filters = location.search.slice(1);
    const answer = await fetch(filters ? `${address}?_changelist_filters=${encodeURIComponent(filters)}` : address);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const article = page.querySelector("#peek");
    if (!article) return;
    if (!dialog) {
      dialog = Object.assign(document.createElement("dialog"), { className: "peek-dialog" });
      dialog.addEventListener("close", () => linkOf(dialog.row)?.focus());
      dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
      document.body.append(dialog);
    }
    dialog.row = row;
    dialog.replaceChildren(article);
    dialog.setAttribute("aria-labelledby", "peek-headline");
    if (!dialog.open) dialog.showModal();
    article.querySelector("a").focus();
  }

  function within(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    const isLetter = event.key.length === 1 && event.key !== " ";
    if (event.key === " ") dialog.close();
    else if (step && !(isLetter && lettersAreOff())) {
      const next = rows[Math.min(Math.max(rows.indexOf(dialog.row) + step, 0), rows.length - 1)];
      if (next !== dialog.row) peek(next);
    } else return;
    event.preventDefault();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (dialog?.open) return within(event);
    const target = event.target;
    if (target.closest?.("dialog") || target.matches?.(FIELDS)) return;
    const isInList = current() >= 0;
    if (!isInList && target !== document.body) return;
    const isLetter = "jkx".includes(event.key);
    if (isLetter && lettersAreOff()) return;
    const row = rows[current()];
    if (event.key === "ArrowDown" || event.key === "j") go(1);
    else if (event.key === "ArrowUp" || event.key === "k") go(-1);
    else if (event.key === "x" && row) chosen.toggle(row);
    else if (event.key === " " && row?.querySelector("[data-peek]") && target.type !== "checkbox") peek(row);
    else return;
    event.preventDefault();
  });
}
