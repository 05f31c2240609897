"""Why the database did not take a row, in a sentence that a person can act on."""


def refusal(row, error):
    """One sentence that names the row and the reason, in the words of the rule that it breaks."""
    rules = {c.name: c.violation_error_message for c in row._meta.constraints} | getattr(row, "kept_by_triggers", {})
    messages = [sentence for name, sentence in rules.items() if name in str(error)]
    values = ", ".join(f"{f.name}={v}" for f in row._meta.concrete_fields if (v := _plain(row, f)) not in (None, ""))
    return f"{row._meta.label} ({values}): {messages[0] if messages else error}"


def _plain(row, field):
    """The value of a field if it helps to find the row: related rows by natural key, long texts left out."""
    if field.primary_key or field.generated:
        return None
    value = field.value_from_object(row)
    if value and field.is_relation:
        return "/".join(map(str, getattr(row, field.name).natural_key()))
    return None if len(str(value)) > 60 else value
