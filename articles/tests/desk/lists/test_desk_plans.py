"""What the desk asks of one story or one person is found by its key, and the newest of a person by an index."""

import re

from django.db import connection
from django.urls import reverse

from ...cases import DeskTest
from ...plans import plans

BY_EDITION = re.compile(r"story_by_edition|story_changed_in_edition|Seq Scan on articles_story")


class DeskPlansTest(DeskTest):
    def setUp(self):
        super().setUp()
        self.sign_in("chief")

    def plans(self, address, holding):
        return plans(self, address, holding)

    def test_the_history_of_a_story_reads_no_list_of_the_desk(self):
        story = self.story()
        address = f"{reverse('admin:articles_revision_changelist')}?story__id__exact={story.pk}"
        for sql, plan in self.plans(address, 'FROM "articles_story" "U0"').items():
            self.assertNotRegex(plan, BY_EDITION, sql)

    def test_the_list_of_corrections_reads_no_list_of_the_desk(self):
        for sql, plan in self.plans(reverse("admin:articles_correction_changelist"), "articles_story").items():
            self.assertNotRegex(plan, BY_EDITION, sql)

    def test_a_chooser_of_people_reads_no_more_than_their_newest_story(self):
        self.story()
        address = f"{reverse('admin:autocomplete')}?app_label=articles&model_name=credit&field_name=person&term="
        for plan in self.plans(address, "label_day").values():
            self.assertEqual(plan.count("credit_newest"), 2, plan)

    def test_photos_that_readers_see_are_not_judged_by_reading_all_stories_for_each(self):
        self.story()
        address = f"{reverse('admin:articles_photo_changelist')}?used=shown"
        for sql, plan in self.plans(address, '"articles_photointext"').items():
            if connection.vendor == "sqlite":
                self.assertNotIn("USING INDEX story_changed", plan, sql)
            else:  # nor are all of them read once, to have them ready for any photo
                hashed = re.findall(r"hashed SubPlan (\d+)", plan)
                parts = re.split(r"\n *SubPlan (\d+)\n", plan)[1:]
                for number, part in zip(parts[::2], parts[1::2], strict=True):
                    self.assertFalse(number in hashed and "articles_story" in part, plan)
