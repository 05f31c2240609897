/* The arrow keys turn pages, of a story and of a list, unless they are needed where the reader is. */

const turns = { ArrowLeft: "prev", ArrowRight: "next" };

addEventListener("keydown", (event) => {
  const turn = turns[event.key];
  const isOurs = turn && !event.defaultPrevented && !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
  if (!isOurs || event.target.closest?.("input, textarea, select, [contenteditable], [tabindex]")) return;
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) document.querySelector(`.pager [rel=${turn}]`)?.click();
});
