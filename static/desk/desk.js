/* The story's form offers sections of its own edition only, and names the time zone of that edition. */
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
    const zone = zones[event.target.value]
    if (zone) for (const told of document.querySelectorAll(".time-zone")) told.textContent = zone
  })

  // A section belongs to one edition. What is put back into the form (copies.js) selects nothing.
  $(document).on("select2:select", "#id_edition", () => $("#id_section").val(null).trigger("change"))
}
