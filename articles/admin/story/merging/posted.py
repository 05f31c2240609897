"""A posted form of a story as a snapshot, and a snapshot as a posted form."""

import datetime

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

from articles import publishing
from articles.desk.offered import OFFERED
from articles.desk.values import is_id
from articles.models import Story
from articles.publishing.snapshots import PARTS
from articles.text.body import TooLong

MOST_ROWS = 3_000
LEFT = (None, False, 0, "0", "")


class Posted:
    """The form that was posted upon a story. `base` and `now`: References of the snapshots it is compared with.

    `snapshot`: what it would make of the story. A value that no field takes stays as it was typed: the form refuses it.
    """

    def __init__(self, model_admin, request, story, base, now):
        self.post, self.story, self.base, self.now = request.POST, story, base, now
        form = model_admin.get_form(request, story, change=True)
        self.fields = {name: field for name, field in form.base_fields.items() if name in now.snapshot}
        self.tables = [
            Table(self.post, story, formset.get_default_prefix(), inline, inline.has_change_permission(request, story))
            for formset, inline in model_admin.get_formsets_with_inlines(request, story)
            if not inline.is_crowded(request, story)
        ]
        self.closed = self._closed(model_admin, request, form)
        self.untaken = set()
        self.snapshot = dict(now.snapshot)
        self.snapshot |= {name: self._typed(name, field) for name, field in self.fields.items()}
        self.snapshot |= {table.name: table.items() for table in self.tables if table.is_theirs}
        self.snapshot["names"] = {**now.names, **base.names} if base else dict(now.names)

    def _closed(self, model_admin, request, form):
        """{name: field} that the form had offered and nobody typed into, but that closed since. They follow the story.

        If somebody did, the form refuses it and shows what was typed (desk/offered.py).
        """
        names = [name for name in self.post.get(OFFERED, "").split() if name not in form.base_fields]
        parts = [Story._meta.get_field(name) for name in names if self.base and name in self.base.snapshot]
        fields = {part.name: model_admin.formfield_for_dbfield(part, request) for part in parts if part.editable}
        return {
            name: field
            for name, field in fields.items()
            if not field.has_changed(_initial(self.base, name), field.widget.value_from_datadict(self.post, {}, name))
        }

    def _typed(self, name, field):
        """As in the snapshot with which it agrees; so a time without its seconds is no change."""
        raw = field.widget.value_from_datadict(self.post, {}, name)
        known = [references for references in (self.now, self.base) if references and name in references.snapshot]
        for references in known:
            if not field.has_changed(_initial(references, name), raw):
                return references.snapshot[name]
        try:
            value = field.clean(raw)
            return _plain(value if isinstance(value, Model) else Story._meta.get_field(name).to_python(value))
        except (ValidationError, TooLong, ValueError, TypeError):
            self.untaken.add(name)
            return known[-1].snapshot[name]

    def whole(self, snapshot, version):
        """A post of every field of the form, as the snapshot has it."""
        references = publishing.References(snapshot)
        for name, field in self.fields.items():
            _write(self.post, name, field, _initial(references, name), timezone.get_current_timezone())
        for table in self.tables:
            table.write(self.post, snapshot.get(table.name, []), references)
        self.post["version"] = str(version)
        return self.post

    def upon(self, merged, version):
        """The post that makes the story at this version what the snapshot `merged` says."""
        post, references = self.post.copy(), publishing.References(merged)
        moved = merged["edition"] != self.snapshot["edition"]  # back to where it is now
        zone = self.story.edition.zone if moved else timezone.get_current_timezone()
        for name, field in self.fields.items():
            is_time = moved and isinstance(_initial(references, name), datetime.datetime)
            if name not in self.untaken and (is_time or merged[name] != self.snapshot[name]):
                _write(post, name, field, _initial(references, name), zone)
        for name, field in self.closed.items():
            _write(post, name, field, _initial(references, name), zone)
        for table in self.tables:
            table.write(post, merged.get(table.name, []), references)
        post["version"] = str(version)
        return post


def _plain(value):
    if isinstance(value, Model):
        return publishing.public_id(value)
    if isinstance(value, datetime.datetime):
        value = value.astimezone(datetime.UTC)
    return publishing.as_stored(value)


def _initial(references, name):
    """The value of a part as a form begins with it."""
    value, field = references.snapshot[name], Story._meta.get_field(name)
    if name == "edition":
        return field.related_model.objects.filter(slug=value).values_list("pk", flat=True).first()
    if field.is_relation:
        row = references.row(name, value)
        return row and row.pk
    value = field.to_python(value)
    return value.replace(microsecond=0) if isinstance(value, datetime.datetime) else value


def _write(post, name, field, value, zone):
    if len(getattr(field.widget, "widgets", [])) == 2:  # a day and a time
        local = value and timezone.localtime(value, zone)
        post[f"{name}_0"] = f"{local:%Y-%m-%d}" if local else ""
        post[f"{name}_1"] = f"{local:%H:%M:%S}" if local else ""
    elif isinstance(value, bool):
        post.pop(name, None)
        post |= {name: "on"} if value else {}
    else:
        post[name] = "" if value is None else str(value)


class Table:
    """The posted rows of an inline. `is_theirs`: who posted them may change them; others see them only."""

    def __init__(self, post, story, prefix, inline, is_theirs):
        self.post, self.story, self.prefix, self.is_theirs = post, story, prefix, is_theirs
        self.model = inline.model
        self.name, columns = next((name, fields) for name, (model, *fields) in PARTS.items() if model is inline.model)
        self.column, self.others = columns[0], columns[1:]
        self.rows = sorted(self._rows(), key=lambda row: row["at"])
        target = inline.model._meta.get_field(self.column).related_model
        ids = {row[self.column] for row in self.rows if is_id(row[self.column])}
        self.uids = {str(pk): str(uid) for pk, uid in target.objects.filter(pk__in=ids).values_list("pk", "uid")}

    def _rows(self):
        """The rows that were not taken out, with what stands in each column; `at`: their place."""
        count = self.post.get(f"{self.prefix}-TOTAL_FORMS", "")
        for number in range(min(int(count), MOST_ROWS) if is_id(count) else 0):
            cell = f"{self.prefix}-{number}-"
            if self.post.get(f"{cell}DELETE", "") not in LEFT or cell + self.column not in self.post:
                continue
            row = {name: self.post.get(cell + name, "") for name in (self.column, *self.others)}
            order = self.post.get(f"{cell}order", "")
            yield {**row, "at": (int(order) if is_id(order) else MOST_ROWS, number)}

    def items(self):
        """The list as a snapshot has it."""
        made = [
            [self.uids[row[self.column]], *(self._ruled(name, row[name]) for name in self.others)]
            for row in self.rows
            if row[self.column] in self.uids
        ]
        return made if self.others else [uid for (uid,) in made]

    def _ruled(self, name, typed):
        return self.model._meta.get_field(name).to_python(typed)

    def write(self, post, items, references):
        """First the rows that are stored, so that each is known by its id; then new ones, and what is not whole."""
        if self.rows and not self.is_theirs:
            return  # closed since: the form refuses what was typed
        for name in [name for name in post if name.startswith(f"{self.prefix}-")]:
            if name.rpartition("-")[2] not in ("MIN_NUM_FORMS", "MAX_NUM_FORMS"):
                del post[name]
        wanted = self._wanted(items, references)
        stored = list(self.model.objects.filter(**{self._owner(): self.story}))
        rows = [(row.pk, self._values(row), wanted.pop(self._key(self._values(row)), None)) for row in stored]
        rows += [("", values, values) for values in wanted.values()]
        rows += [("", row, {**row, "order": 0}) for row in self.rows if self._is_not_whole(row)]
        for number, (pk, was, now) in enumerate(rows):
            self._write_row(post, f"{self.prefix}-{number}-", pk, now or was, is_gone=now is None)
        post[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows))
        post[f"{self.prefix}-INITIAL_FORMS"] = str(len(stored))

    def _is_not_whole(self, row):
        return row[self.column] not in self.uids and any(row[name] for name in (self.column, *self.others))

    def _wanted(self, items, references):
        wanted = {}
        for order, item in enumerate(items, 1):
            key, *others = item if isinstance(item, list) else [item]
            row = references.row(self.name, key)
            if row is None:
                continue  # it was deleted since
            values = {self.column: row.pk, **dict(zip(self.others, others, strict=True)), "order": order}
            wanted[self._key(values)] = values
        return wanted

    def _key(self, values):
        """What makes a row the same: a credit is one of a person in a role."""
        return values[self.column], values.get("role", "")

    def _values(self, row):
        return {
            self.column: getattr(row, f"{self.column}_id"),
            **{name: getattr(row, name) for name in self.others},
            "order": row.order,
        }

    def _owner(self):
        return "content_object" if self.name == "tags" else "story"

    def _write_row(self, post, cell, pk, values, is_gone):
        post[f"{cell}id"] = str(pk)
        post[f"{cell}{self._owner()}"] = str(self.story.pk)
        if not self.is_theirs:
            return
        for name in (self.column, *self.others, "order"):
            post[cell + name] = str(values[name])
        if is_gone:
            post[f"{cell}DELETE"] = "on"
