/* Valid link targets: the rule of articles/text/links.py, so that the dialog can report errors at once. */

const HOST = String.raw`[^\s/?#@:.]+(?:\.[^\s/?#@:.]+)*\.(?:\p{L}{2,63}|xn--[a-z0-9-]{1,59})\.?`
const HOST_FIRST = new RegExp(String.raw`^(${HOST})(?::[0-9]{1,5})?(?=[/?#]|$)`, "u")
const MAIL = new RegExp(String.raw`^[^\s/?#@:,;]+@${HOST}(?:\?[^]*)?$`, "u")
const SCHEME = /^([a-z][a-z0-9+.-]*):([^]*)$/i
const PHONE = /^\+?[0-9(][0-9 ().;=*#/-]{2,40}$/
const FILE = /^[^/?#]*\.(?:html?|php\d?|aspx?|jsp|pdf|docx?|xlsx?|txt|xml|json|jpe?g|png|gif|webp)$/i
const HOST_AND_PORT = /^(\[[^\]]*\]|[^:]*)(?::([0-9]*))?$/
const UNSAFE = /[\s"<>\\^`{|}]/gu

/* The address as it is stored; "" if it is invalid. `schemes`: the allowed ones. */
export function address(written, schemes) {
  const text = written.trim().replaceAll("\\", "/").replace(/[\t\n\r]/g, "")
  if (text.startsWith("//")) return web("https", text)
  if (/^[/#?]/.test(text)) return quoted(text)
  const host = HOST_FIRST.exec(text)
  const [, scheme, rest] = (!host && SCHEME.exec(text)) || []
  if (scheme) return schemes.includes(scheme.toLowerCase()) ? withScheme(scheme.toLowerCase(), rest.trim()) : ""
  if (MAIL.test(text)) return `mailto:${quoted(text)}`
  return host && !FILE.test(host[0]) ? web("https", text) : ""
}

/* The error in a typed address: "spaces", "scheme" or "address"; "" if there is none. */
export function problem(written, schemes) {
  const text = written.trim()
  const scheme = !HOST_FIRST.test(text) && SCHEME.exec(text)?.[1].toLowerCase()
  if (scheme && !schemes.includes(scheme)) return "scheme"
  if (/\s/.test(text) && scheme !== "tel") return "spaces"
  return address(text, schemes) ? "" : "address"
}

function withScheme(scheme, rest) {
  if (scheme === "mailto") return MAIL.test(rest) ? `mailto:${quoted(rest)}` : ""
  if (scheme === "tel") return PHONE.test(rest) ? `tel:${rest.replaceAll(" ", "")}` : ""
  return web(scheme, rest)
}

function web(scheme, rest) {
  const text = quoted(rest.replace(/^\/+/, ""))
  const [, host, port] = HOST_AND_PORT.exec(text.split(/[/?#]/)[0].split("@").pop()) ?? [, "", ""]
  return /[^.]/.test(host) && !host.includes("%") && !(port > 65535) ? `${scheme}://${text}` : ""
}

const quoted = (part) => part.replace(UNSAFE, encodeURIComponent)
