/* Elements from their properties and children; a name with a hyphen, and `role`, is an attribute. */

export function make(tag, properties = {}, children = []) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name === "dataset") Object.assign(element.dataset, value)
    else if (name.includes("-") || name === "role") element.setAttribute(name, value)
    else element[name] = value
  }
  element.append(...children)
  return element
}

/* "%(name)s" in a sentence of the catalogue. */
export const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_whole, name) => values[name])

/* The words and addresses of the parts of a form: articles/admin/story/part_words.py. */
export const known = JSON.parse(document.getElementById("part-words")?.textContent ?? "null")

export const formOfPage = () => document.querySelector("#content-main form[method=post]")
