/* The slug that the server makes of a name (articles/text/letters.py), shown while somebody types, in place of Django's.
   Where that takes more than to leave out marks, as of other alphabets, it is left empty: the server makes it. */
"use strict"
window.URLify = (text, longest) => {
  const plain = text.normalize("NFKD").replace(/[\u0300-\u036f‘’‚“”„«»‹›…•]/g, "").replace(/[‐‑‒–—―]/g, "-")
  if (/[^\x09-\x0d\x20-\x7e]/.test(plain)) return ""
  const words = plain.toLowerCase().replace(/[^a-z0-9_\s-]/g, "").replace(/[\s-]+/g, "-")
  return words.slice(0, longest).replace(/^[-_]+|[-_]+$/g, "")
}
