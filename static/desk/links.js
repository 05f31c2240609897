/* Where a link leads: the rule of articles/text/links.py, so that the dialog can say at once what is wrong. */

const HOST = String.raw`[^\s/?#@:.]+(?:\.[^\s/?#@:.]+)*\.(?:\p{L}{2,63}|xn--[a-z0-9-]{1,59})\.?`
const HOST_FIRST = new RegExp(String.raw`^(${HOST})(?::[0-9]{1,5})?(?=[/?#]|$)`, "u")
const MAIL = new RegExp(String.raw`^[^\s/?#@:,;]+@${HOST}(?:\?[^]*)?$`, "u")
const SCHEME = /^([a-z][a-z0-9+.-]*):([^]*)$/i
const PHONE = /^\+?[0-9(][0-9 ().;=*#/-]{2,40}$/
const FILE = /^[^/?#]*\.(?:html?|php\d?|aspx?|jsp|pdf|docx?|xlsx?|txt|xml|json|jpe?g|png|gif|webp)$/i
const HOST_AND_PORT = /^(\[[^\]]*\]|[^:]*)(?::([0-9]*))?$/
const UNSAFE = /[\s"<>\\^`{|}]/gu

/* The address as it is stored; "" for what is none. `schemes`: those that are kept. */
export function address(written, schemes) {
  const found = written.trim().replaceAll("\\", "/").replace(/[\t\n\r]/g, "")
  if (found.startsWith("//")) return web("https", found)
  if (/^[/#?]/.test(found)) return quoted(found)
  const host = HOST_FIRST.exec(found)
  const [, scheme, rest] = (!host && SCHEME.exec(found)) || []
  if (scheme) return schemes.includes(scheme.toLowerCase()) ? withScheme(scheme.toLowerCase(), rest.trim()) : ""
  if (MAIL.test(found)) return `mailto:${quoted(found)}`
  return host && !FILE.test(host[0]) ? web("https", found) : ""
}

/* What is wrong with an address that somebody typed: "spaces", "scheme" or "address"; "" where nothing is. */
export function problem(written, schemes) {
  const found = written.trim()
  const scheme = !HOST_FIRST.test(found) && SCHEME.exec(found)?.[1].toLowerCase()
  if (scheme && !schemes.includes(scheme)) return "scheme"
  if (/\s/.test(found) && scheme !== "tel") return "spaces"
  return address(found, schemes) ? "" : "address"
}

function withScheme(scheme, rest) {
  if (scheme === "mailto") return MAIL.test(rest) ? `mailto:${quoted(rest)}` : ""
  if (scheme === "tel") return PHONE.test(rest) ? `tel:${rest.replaceAll(" ", "")}` : ""
  return web(scheme, rest)
}

function web(scheme, rest) {
  const found = quoted(rest.replace(/^\/+/, ""))
  const [, host, port] = HOST_AND_PORT.exec(found.split(/[/?#]/)[0].split("@").pop()) ?? [, "", ""]
  return /[^.]/.test(host) && !host.includes("%") && !(port > 65535) ? `${scheme}://${found}` : ""
}

const quoted = (part) => part.replace(UNSAFE, encodeURIComponent)
