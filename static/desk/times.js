/* Beside the day of a time stands the browser's own calendar, and its hour offers full hours. Both are only help: what
   counts is what stands in the fields, written as the desk writes it. */

const HOURS = [6, 7, 8, 9, 10, 12, 14, 15, 16, 17, 18, 19, 20, 21]
const PARTS = { "%Y": "year", "%m": "month", "%d": "day" }

/* The day of a field as the calendar knows it: 2026-11-30, or "" where it is none. */
function dayOf({ value, dataset }) {
  const names = dataset.day.match(/%[Ymd]/g).map((part) => PARTS[part])
  const numbers = value.match(/^\s*(\d+)\D(\d+)\D(\d{4}|\d+)\s*$/)?.slice(1)
  if (!numbers) return ""
  const { year, month, day } = Object.fromEntries(names.map((name, at) => [name, numbers[at].padStart(2, "0")]))
  return `${year.padStart(4, "20")}-${month}-${day}`
}

function written(iso, pattern) {
  const [year, month, day] = iso.split("-")
  return pattern.replace("%Y", year).replace("%m", month).replace("%d", day)
}

function addCalendar(input) {
  const calendar = Object.assign(document.createElement("input"), { type: "date", tabIndex: -1, className: "day-calendar" })
  calendar.setAttribute("aria-hidden", "true")
  calendar.setAttribute("data-own-step", "")
  const button = Object.assign(document.createElement("button"), { type: "button", className: "day-choose" })
  button.setAttribute("aria-label", document.getElementById("time-words").dataset.choose)
  button.addEventListener("click", () => {
    calendar.value = dayOf(input)
    calendar.showPicker()
  })
  calendar.addEventListener("input", (event) => event.stopPropagation())
  calendar.addEventListener("change", (event) => {
    event.stopPropagation()
    input.value = calendar.value && written(calendar.value, input.dataset.day)
    input.dispatchEvent(new Event("input", { bubbles: true }))
    input.dispatchEvent(new Event("change", { bubbles: true }))
    const hour = input.closest(".time-fields")?.querySelector("[data-hour]")
    ;(hour && !hour.value ? hour : input).focus()
  })
  input.after(calendar, button)
}

function addHours(inputs) {
  const list = Object.assign(document.createElement("datalist"), { id: "full-hours" })
  const mark = inputs[0].dataset.hour
  list.append(...HOURS.map((hour) => new Option("", `${hour}`.padStart(2, "0") + `${mark}00`)))
  document.body.append(list)
  for (const input of inputs) input.setAttribute("list", list.id)
}

const hours = [...document.querySelectorAll("[data-hour]")]
if (hours.length) addHours(hours)
for (const day of document.querySelectorAll("[data-day]")) addCalendar(day)
