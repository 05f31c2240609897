/* A story is read when its page was in view for eight seconds. Then this page says so to itself (the event “read”), and
   to the paper by the story's public id alone, unless the browser asks not to be tracked. */

const own = document.querySelector("script[data-story]");
const wantsNone = navigator.doNotTrack === "1" || navigator.globalPrivacyControl;
let left = 8000; // milliseconds
let since = 0;
let timer;

function read() {
  document.removeEventListener("visibilitychange", look);
  document.dispatchEvent(new Event("read"));
  if (own.dataset.reads && !wantsNone) navigator.sendBeacon(own.dataset.reads, own.dataset.story);
}

function look() {
  clearTimeout(timer);
  if (since) left -= performance.now() - since;
  since = document.visibilityState === "visible" ? performance.now() : 0;
  if (since) timer = setTimeout(read, left);
}

if (own) {
  document.addEventListener("visibilitychange", look);
  look();
}
