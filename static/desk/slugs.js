/* Shows, while somebody types, the slug that the server makes from a name (articles/text/letters.py); replaces Django's.
   Names in other alphabets need more than removing accents: their slug stays empty here, and the server makes it. */
"use strict"
window.URLify = (text, longest) => {
  const plain = text.normalize("NFKD").replace(/[\u0300-\u036f‘’‚“”„«»‹›…•]/g, "").replace(/[‐‑‒–—―]/g, "-")
  if (/[^\x09-\x0d\x20-\x7e]/.test(plain)) return ""
  const words = plain.toLowerCase().replace(/[^a-z0-9_\s-]/g, "").replace(/[\s-]+/g, "-")
  return words.slice(0, longest).replace(/^[-_]+|[-_]+$/g, "")
}
