"""List released stories that the checks would block today. Fixtures are loaded without checks or transitions."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles import publishing
from articles.models import Story
from articles.models.story import State


class Command(BaseCommand):
    help = "Name the released stories that lack what a release asks for, and what they lack."

    def handle(self, **options):
        released = Story.objects.filter(state=State.RELEASED)
        stories = released.select_related("edition", "section", "series", "lead_photo").order_by("pk")
        count = blocked = 0
        for story in stories.iterator(chunk_size=200):
            count += 1
            if reasons := publishing.blockers(story):
                blocked += 1
                self.stdout.write(f"{story.edition.absolute(story.get_absolute_url())}\n  {' '.join(reasons)}")
        summary = _("%(count)s stories were looked at; %(found)s are not as a release would have it.")
        summary %= {"count": count, "found": blocked}
        if blocked:
            raise CommandError(summary)
        self.stdout.write(summary)
