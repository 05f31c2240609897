/* An act on more stories than one request takes: the parts are sent one after the other, with a count, until all are
   through or somebody stops. Without scripts each press of the button takes the next part. */

import { forgetList } from "./selection.js";

const form = document.querySelector("form[data-count]");

/** The form of the next part, if the answer has one and it was no refusal of the words. */
function nextForm(page) {
  const next = page.querySelector("form[data-count]");
  return next && next.dataset.done !== "0" ? next : null;
}

async function run(pressed) {
  const count = Number(form.dataset.count);
  const { told, stop, back } = form.dataset;
  const bar = Object.assign(document.createElement("progress"), { max: count, value: 0 });
  const words = Object.assign(document.createElement("p"), { className: "help" });
  words.setAttribute("role", "status");
  const halt = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: stop });
  let isStopped = false;
  halt.addEventListener("click", () => (isStopped = true));
  const messages = Object.assign(document.createElement("ul"), { className: "messagelist" });
  form.hidden = true;
  form.before(messages, words, bar, halt);
  let current = form;
  let data = new FormData(form, pressed);
  for (;;) {
    const answer = await fetch(location.href, { method: "POST", body: data });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    messages.append(...page.querySelectorAll(".messagelist li"));
    const next = nextForm(page);
    const left = next ? Number(next.dataset.count) : 0;
    bar.value = count - left;
    words.textContent = told.replace("{done}", bar.value).replace("{count}", count);
    if (!answer.ok || !next) {
      const link = Object.assign(document.createElement("a"), { href: location.href, textContent: back });
      bar.remove();
      halt.replaceWith(link);
      link.focus();
      return;
    }
    current.replaceWith(next);
    current = next;
    current.hidden = !isStopped;
    if (isStopped) return halt.remove();
    data = new FormData(current, current.querySelector("[name=_ask]"));
  }
}

form?.addEventListener("submit", (event) => {
  if (event.submitter?.name !== "_ask") return;
  forgetList(form.dataset.list);
  if (!form.querySelector("[name=chosen]") || Number(form.dataset.count) <= Number(form.dataset.part || 100)) return;
  event.preventDefault();
  run(event.submitter);
});
