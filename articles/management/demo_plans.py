"""What the demo's desk has planned for today and tomorrow: assignments in each state, given to its accounts."""

import datetime

from articles import assigning
from articles.models import Assignment, Edition
from articles.models.desk.assignment import Plan
from articles.models.membership import DeskRole

HOUR = datetime.timedelta(hours=1)
# hours from now, section, who, place, whether a photo is wanted, what, brief
PLANS = [
    (-2, "gorontalo", [DeskRole.REPORTER], "Limboto", True, "Warga bantaran sungai setelah banjir surut",
     "Tanya BPBD berapa rumah yang masih tergenang. Cari satu keluarga yang mau bercerita."),
    (3, "ekonomi", [DeskRole.REPORTER], "Kota Gorontalo", False, "Harga cabai di Pasar Sentral",
     "Bandingkan dengan pekan lalu."),
    (5, "olahraga", [DeskRole.PHOTO], "Telaga", True, "Latihan terakhir sebelum laga kandang", ""),
    (6, "pendidikan", [], "Kabila", False, "Sekolah dasar tanpa perpustakaan",
     "Hubungi dinas dan satu kepala sekolah."),
    (22, "gorontalo", [DeskRole.EDITOR, DeskRole.REPORTER], "Kantor Wali Kota", False, "Rapat anggaran perubahan", ""),
    (26, "budaya", [], "Suwawa", True, "Persiapan festival karawo", ""),
]  # fmt: skip
STARTED = "Harga cabai di Pasar Sentral"
UNSURE = "Persiapan festival karawo"


def plan(now, people):
    """`people`: {role: account}."""
    edition = Edition.objects.get(is_default=True)
    sections = {section.slug: section for section in edition.sections.all()}
    hour = now.replace(minute=0, second=0, microsecond=0)
    for hours, section, roles, place, wants_photo, headline, brief in PLANS:
        assignment = Assignment(
            section=sections[section],
            headline=headline,
            due_at=hour + hours * HOUR,
            place=place,
            brief=brief,
            wants_photo=wants_photo,
            state=Plan.PLANNED if headline == UNSURE else Plan.CONFIRMED,
        )
        assigning.plan(assignment, [people[role] for role in roles], people[DeskRole.CHIEF], now - HOUR)
        if headline == STARTED:
            assigning.start(assignment, people[DeskRole.REPORTER], now - HOUR / 2)
