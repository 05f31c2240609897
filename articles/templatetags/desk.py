"""Template tags of the desk."""

from django import template
from django.contrib.admin.templatetags import admin_list
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from articles import permissions
from articles.desk import kept_posts, labels, offered, reasons, timestamps
from articles.desk.fields import alike, lines
from articles.desk.frame import places
from articles.desk.lists import cells
from articles.desk.telling import polled
from articles.desk.writing import working_copies
from articles.publishing import told

register = template.Library()

register.filter("written", timestamps.absolute)
register.filter("ago", timestamps.relative)
register.filter("account_name", labels.of_account)
register.simple_tag(lines.of_group, name="lines_of")
register.simple_tag(alike.of_table, name="rows_of_table")


@register.inclusion_tag("admin/date_hierarchy.html")
def days_of(changes):
    """The years, months and days of a change list (desk/dates.py; of stories admin/story/days.py)."""
    return changes.days()


@register.inclusion_tag("admin/change_list_results.html")
def rows_of(changes):
    """The table of a change list. Rows that are forms are Django's."""
    if changes.formset:
        return admin_list.result_list(changes)
    return {"result_headers": admin_list.result_headers(changes), "rows": cells.rows(changes)}


@register.simple_tag(takes_context=True)
def whose_form(context):
    """Hidden inputs: the user of this form and the fields it offers. The form is checked against them when sent."""
    hidden = {kept_posts.WHOSE: kept_posts.whose(context["request"].user)}
    if adminform := context.get("adminform"):
        hidden[offered.OFFERED] = " ".join(adminform.form.fields)
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', hidden.items())


@register.simple_tag(takes_context=True)
def copies_of(context):
    """The name under which a browser keeps what this account has typed and not saved."""
    return working_copies.owner_key(context["request"].user)


@register.simple_tag(takes_context=True)
def bar(context):
    """What the top bar shows: its places, the one of this page, how much is not seen, the roles of who is signed in."""
    request = context["request"]
    return {
        "places": places.open_to(request.user),
        "here": places.of(request),
        "unseen": len(told.unseen(request.user.pk)),
        "told_at": reverse("admin:told"),
        "counted_at": polled.ADDRESS,
        "roles": _("administrator") if request.user.is_superuser else ", ".join(permissions.roles(request.user)),
    }


@register.inclusion_tag("admin/_way_up.html", takes_context=True)
def way_up(context):
    """The pages above this one."""
    return {"steps": places.way_up(context)}


register.simple_tag(reasons.linked, name="to_mend")
