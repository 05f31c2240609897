/* Names the admin's choosers for screen readers: their frame has no name while nothing is chosen. */
"use strict"
{
  const $ = window.django?.jQuery

  function label(select) {
    return select.getAttribute("aria-label") ?? select.labels[0]?.textContent.trim().replace(/:$/, "") ?? ""
  }

  function name(select) {
    const shown = document.getElementById(`select2-${select.id}-container`)
    const chosen = select.selectedOptions[0]?.textContent
    shown?.setAttribute("aria-label", [label(select), chosen].filter(Boolean).join(": "))
    if (select.multiple) select.parentElement.querySelector(".select2-search__field")?.setAttribute("aria-label", label(select))
  }

  $?.(() => {
    const all = () => document.querySelectorAll("select.admin-autocomplete").forEach(name)
    all()
    document.addEventListener("formset:added", () => setTimeout(all))
    $(document).on("change", "select.admin-autocomplete", (event) => name(event.target))
    $(document).on("select2:open", (event) => {
      document.querySelector(".select2-container--open .select2-search__field")?.setAttribute("aria-label", label(event.target))
    })
  })
}
