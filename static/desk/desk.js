/* The story's form offers sections of its own edition only, and names that edition's time zone. */
"use strict"
{
  const $ = django.jQuery

  $.ajaxPrefilter((options) => {
    const chosen = document.getElementById("id_edition")?.value
    const edition = chosen ?? document.getElementById("id_section")?.dataset.ofEdition
    if (edition && /&field_name=section(&|$)/.test(`&${options.data ?? ""}`)) {
      options.data += `&of_edition=${encodeURIComponent(edition)}`
    }
  })

  $(document).on("change", "#id_edition", (event) => {
    const zones = JSON.parse(document.getElementById("form-zones").textContent)
    const told = document.querySelector("#form-zone b")
    if (told && zones[event.target.value]) told.textContent = zones[event.target.value]
  })
}
