/* On the first page: what this browser kept of unfinished stories, while the newsroom did not answer, is sent to it, and
   then stands in the list of unsaved texts. What its person may not write any more is forgotten. */

import { sendAll } from "./copy-sender.js"
import { forgetSent } from "./copy-storage.js"

const place = document.querySelector("[data-sends-copies]")

if (place) {
  const { owner, sendsCopies: address } = place.dataset
  forgetSent(owner)
  const whose = document.querySelector("[name=_whose]")?.value ?? ""
  sendAll({ owner, address, whose }).then((count) => {
    if (count) location.reload()
  })
}
