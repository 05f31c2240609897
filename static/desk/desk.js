/* The story's form asks for sections of its own edition only. */
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
}
