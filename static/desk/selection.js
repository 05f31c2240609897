/* The rows that somebody has chosen in a list. They stay chosen over pages, opening and saving, until the browser's
   tab is closed or the person signs out; they are kept by person and by list with its filters. */

const PREFIX = "desk-selection:";

function keyOf(list) {
  return key(list.dataset.list);
}

function key(ofList) {
  const asked = new URLSearchParams(location.search);
  for (const name of ["p", "o", "columns"]) asked.delete(name);
  asked.sort();
  return `${PREFIX}${ofList}?${asked}`;
}

function read(key) {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(key) || "[]"));
  } catch {
    return new Set();
  }
}

/** Forget every selection: at signing out. */
export function forget() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  }
}

/** Forget the selection of the list at this address: something was done with it. */
export function forgetList(ofList) {
  sessionStorage.removeItem(key(ofList));
}

/** Selection of the list's rows: {toggle(row)}. */
export function selection(list) {
  const place = keyOf(list);
  const boxes = [...list.querySelectorAll("input.action-select")];
  const all = list.querySelector("#action-toggle");
  const bar = list.querySelector(".actions");
  if (!bar || !boxes.length) return { toggle() {} };
  const across = bar.querySelector("[name=select_across]");
  const counter = bar.querySelector(".action-counter");
  const none = bar.querySelector(".select-none");
  const form = list.querySelector("#changelist-form");
  let chosen = read(place);
  let last = null;

  function tell() {
    const here = boxes.filter((box) => box.checked).length;
    const elsewhere = chosen.size - here;
    const { one, many, elsewhere: others } = counter.dataset;
    const words = [chosen.size === 1 ? one : many.replace("{n}", chosen.size)];
    if (elsewhere > 0) words.push(others.replace("{n}", elsewhere));
    counter.textContent = words.join(", ");
    bar.classList.toggle("is-empty", !chosen.size && !across?.checked);
    counter.hidden = Boolean(across?.checked);
    none.hidden = false;
    all.checked = here === boxes.length;
    all.indeterminate = here > 0 && here < boxes.length;
    for (const box of boxes) box.closest("tr").classList.toggle("selected", box.checked || Boolean(across?.checked));
  }

  function keep() {
    for (const box of boxes) chosen[box.checked ? "add" : "delete"](box.value);
    if (chosen.size) sessionStorage.setItem(place, JSON.stringify([...chosen]));
    else sessionStorage.removeItem(place);
    tell();
  }

  function set(box, isChosen) {
    box.checked = isChosen;
    keep();
  }

  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      const [from, to] = [boxes.indexOf(last ?? box), boxes.indexOf(box)].sort((a, b) => a - b);
      if (event.shiftKey) for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
      last = box;
      keep();
    });
  }
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    keep();
  });
  across?.addEventListener("change", () => {
    if (across.checked) for (const box of boxes) box.checked = true;
    keep();
  });
  none.addEventListener("click", () => {
    chosen = new Set();
    for (const box of boxes) box.checked = false;
    if (across) across.checked = false;
    keep();
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "action") return;
    const here = new Set(boxes.map((box) => box.value));
    for (const value of chosen) {
      if (here.has(value)) continue;
      const other = Object.assign(document.createElement("input"), { type: "hidden", name: "_selected_action", value });
      form.append(other);
    }
  });

  const show = () => {
    chosen = read(place);
    for (const box of boxes) box.checked = chosen.has(box.value);
    tell();
  };
  addEventListener("pageshow", show);
  show();
  return {
    toggle(row) {
      const box = row.querySelector("input.action-select");
      if (box) set(box, !box.checked);
    },
  };
}

for (const form of document.querySelectorAll("#logout-form, form[action$='/logout/']")) {
  form.addEventListener("submit", forget);
}
