"""How StoryAdmin shows and saves the form of a story."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions, publishing
from articles.desk.values import is_id
from articles.listings import desk_rows
from articles.models import Story
from articles.models.story import State
from articles.text import body

from ..scope import ask_again
from . import asking, dialogs, promises, transitions
from .merging import brought_back, steps

NO_CHANGE = {"version", "is_minor", "waiting_made_at"}  # changes of these alone are not saved before a transition
NOT_NEWS = {*NO_CHANGE, "goes_out_at", "urgency", "protected_names"}  # alone, not an update for readers


class StorySaving:
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Read and write times in the zone of the edition to be saved, which the form names."""
        if request.method == "POST" and "_merge" in request.POST and (back := steps.taken_up(self, request)):
            return back
        story = self.get_object(request, object_id) if object_id else None
        with self.in_zone_of_times(request, story):
            if request.method != "POST" and (revision := brought_back.asked_for(self, request, story)):
                brought_back.fill(self, request, story, revision)
                form_url = request.path
            show = self._sent if request.method == "POST" else self._opened
            return show(request, story, (request, object_id, form_url, extra_context))

    def in_zone_of_times(self, request, story):
        request.times_of = self._edition_of_times(request, story)
        return timezone.override(request.times_of and request.times_of.zone)

    def get_object(self, request, object_id, from_field=None):
        """A form that is only opened, with nothing written before, shows the story as it was just read. One that the
        user may not see is not read at all."""
        if hasattr(request, "opened"):
            return request.opened
        if is_id(object_id):
            pk, read = int(object_id), desk_rows.opened if request.method == "GET" else desk_rows.whole
            return read([pk]).get(pk) if self._may(request, "view", Story(pk=pk)) else None
        return super().get_object(request, object_id, from_field)

    def _edition_of_times(self, request, story):
        chosen = (request.POST if request.method == "POST" else request.GET).get("edition", "")
        stays = story and chosen in ("", str(story.edition_id))
        if stays or (story and "edition" in self.get_readonly_fields(request, story)):
            return story.edition
        offered = permissions.editions(request.user, "add", "story")
        edition = offered.filter(pk=chosen).first() if is_id(chosen) else None
        return edition or (story.edition if story else self.edition_at_first(request))

    def edition_at_first(self, request):
        """The edition of a new story: that of the desk's host, or the first in which the user may write."""
        editions = permissions.editions(request.user, "add", "story")
        return request.edition if request.edition in editions else editions.first()

    def _opened(self, request, story, args):
        """Takes no write lock, except for the preview of a scheduled change, which is written and rolled back."""
        if not (story and "waiting" in request.GET):
            request.opened = story
            return _rendered(super().changeform_view(*args))
        try:
            with transaction.atomic():
                transitions.preview_scheduled(story)
                response = _rendered(super().changeform_view(*args))
                transaction.set_rollback(True)
                return response
        except publishing.Refused as refused:
            return transitions.cannot_preview_scheduled(self, request, story, refused)

    def _sent(self, request, story, args):
        """Save everything or nothing. If nothing is saved, the form comes back with the typed text and the reasons.

        Slow work happens outside the write lock: the text is cleaned before (text/body.py caches it), and a returned
        form is rendered after.
        """
        body.clean(request.POST.get("body", "").strip()[: body.LONGEST])
        if story and not getattr(request, "unsaved", ""):
            was = request.POST
            if answer := steps.merged(self, request, story):
                return _rendered(answer)
            if request.POST is not was:  # perhaps with times of another edition
                return self.changeform_view(request, *args[1:])
        try:
            with transaction.atomic():
                ask_again(request)
                response = super().changeform_view(*args)
            return _rendered(response)
        except publishing.Refused as refused:
            request.refused = refused.reasons
        except transitions.SaveAsScheduled as scheduled:
            try:
                with transaction.atomic():
                    self._set_aside(request, story)
                    return transitions.schedule(self, request, story, scheduled)
            except publishing.Refused as refused:
                request.refused = refused.reasons
            except PermissionDenied as denied:
                request.refused = [str(denied)]
        except dialogs.Unmade as unmade:
            with transaction.atomic():
                self._set_aside(request, story)
            request.unmade, request.refused = unmade, unmade.reasons
        except asking.WordsNeeded as asked:
            with transaction.atomic():
                self._set_aside(request, story)
            return asking.first(self, request, story, asked)
        ask_again(request)
        return _rendered(super().changeform_view(*args))

    def get_form(self, request, story=None, **kwargs):
        form = super().get_form(request, story, **kwargs)
        form.refused = getattr(request, "refused", [])
        form.waiting = getattr(story, "waiting_change", None) if "waiting" in request.GET else None
        return form

    def closed_by_clock(self, request, story):
        """A story that was live keeps its edition and its time."""
        is_closed = story and publishing.was_live(story, timezone.now())
        return ["edition", "publish_at", "embargo_until"] if is_closed else []

    def why_closed(self, request, story, names):
        if {*names} & {*self.closed_by_clock(request, story)}:
            return [_("Readers have this story already: its edition and its time stay.")]
        return super().why_closed(request, story, names)

    def save_model(self, request, story, form, change):
        now = timezone.now()
        if change:
            publishing.changed(story, form.before, now, is_minor=form.cleaned_data.get("is_minor", False))
        else:
            story.changed_at = now
        super().save_model(request, story, form, change)
        if form.stood_in:
            text = _("Nobody chose a section, so the story stands in %(section)s for now.")
            self.message_user(request, text % {"section": form.stood_in})
        ask_again(request)

    def save_related(self, request, form, formsets, change):
        """Everything is saved here, so now the checks of a released story run."""
        super().save_related(request, form, formsets, change)
        story, changes = form.instance, set(form.changed_data)
        rows_changed = any(formset.has_changed() for formset in formsets)
        request.is_changed = bool(changes - NO_CHANGE or rows_changed)
        if change and not (changes - NOT_NEWS or rows_changed):
            story.updated_at = form.before.updated_at
            Story.objects.filter(pk=story.pk).update(updated_at=story.updated_at)
        self._set_aside(request, story)
        stored = publishing.record(story, request.user, timezone.now()).story
        if reason := publishing.misplaced(story, form.before, request.user):
            raise publishing.Refused(reason)
        if "_release" in request.POST:
            self._hold_promise(request, form)
        if story.state == State.RELEASED:
            self._stays_released(request, stored, form)

    def _set_aside(self, request, story):
        """Keep the texts that lost a choice, once, in the transaction that makes the others public."""
        for words, version, by in getattr(request, "set_aside", []):
            publishing.set_aside(story, words, version, by, timezone.now())
            publishing.told.of_words_lost(story, by, request.user, timezone.now())

    def _hold_promise(self, request, form):
        """A form without a promise was opened on the story's former state, so that state gives the promise."""
        now = timezone.now()
        promised = promises.promise(form.before, now) if form.before else promises.NOW
        if reason := promises.broken(request.POST.get("promise", promised), form.instance, now):
            raise publishing.Refused(reason)

    def _stays_released(self, request, stored, form):
        if reasons := publishing.blockers_as_read(stored):
            raise publishing.Refused(*reasons)
        if goes_out_at := form.cleaned_data.get("goes_out_at"):
            if asking.pressed(request) or dialogs.sent(request):
                raise publishing.Refused(_("Let the change wait, or make this step now: not both in one press."))
            raise transitions.SaveAsScheduled(publishing.snapshot(stored), goes_out_at, form.cleaned_data["is_minor"])

    def response_add(self, request, story, post_url_continue=None):
        return self._after_saving(request, story) or super().response_add(request, story, post_url_continue)

    def response_change(self, request, story):
        if name := asking.pressed(request):
            raise asking.WordsNeeded(name, request.is_changed)
        if name := dialogs.sent(request):
            return dialogs.make(self, request, story, name)
        return self._after_saving(request, story) or super().response_change(request, story)

    def _after_saving(self, request, story):
        if getattr(request, "is_before_move", False):
            return HttpResponseRedirect(transitions.desk_address(self, request, story))
        for name in transitions.PRESSED:
            if f"_{name}" in request.POST:
                return dialogs.press(self, request, story, name)
        return None


def _rendered(response):
    return response.render() if hasattr(response, "render") else response
