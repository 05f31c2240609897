"""Why the database did not take a row, in a sentence that a person can act on."""


def refusal(row, error):
    """One sentence that names a row and why the database did not take it, in the words of its constraint."""
    rules = {c.name: c.violation_error_message for c in row._meta.constraints} | getattr(row, "kept_by_triggers", {})
    told = [sentence for name, sentence in rules.items() if name in str(error)]
    values = ", ".join(f"{f.name}={v}" for f in row._meta.concrete_fields if (v := _plain(row, f)) not in (None, ""))
    return f"{row._meta.label} ({values}): {told[0] if told else error}"


def _plain(row, field):
    """The value of a field as it helps to find the row: related rows by natural key, long texts not at all."""
    if field.primary_key or field.generated:
        return None
    value = field.value_from_object(row)
    if value and field.is_relation:
        return "/".join(map(str, getattr(row, field.name).natural_key()))
    return None if len(str(value)) > 60 else value
