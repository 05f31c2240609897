"""Who may do what with which assignment: one table, asked of the rules themselves."""

import itertools

from articles import permissions
from articles.models.membership import DeskRole
from articles.permissions.assigned import ASSIGNMENTS

from .assigned import AssignmentTest

# Assignments of Gorontalo: given to the person ("own"), free, free and with a photo wanted ("photo"), another's; the
# same in another section; and one of the other edition, of which nobody of Gorontalo knows.
TABLE = """
action  reporter         section                             editor  chief  photo
view    own free photo   own free photo others               all     all    own photo
plan    –                own free photo others               all     all    –
take    free photo       own free photo others               all     all    –
start   own              own free photo others               all     all    –
finish  own              own free photo others               all     all    own
"""


class AssignmentRightsTest(AssignmentTest):
    def test_each_role_does_what_the_table_says(self):
        head, *rows = [line.split("  ") for line in TABLE.strip().splitlines()]
        _action, *roles = [cell.strip() for cell in head if cell.strip()]
        for column, role in enumerate(roles):
            user = self.somebody(
                "editor" if role == "section" else role, name=f"{role}-ini",
                section=self.dunia if role in ("section", "reporter", "photo") else None,
            )  # fmt: skip
            ours, elsewhere, abroad = self.cast(user)
            for action, *cells in ([cell.strip() for cell in row if cell.strip()] for row in rows):
                with self.subTest(role=role, action=action):
                    found = set(permissions.assignments(user, action))
                    self.assertNotIn(abroad, found)
                    cell = cells[column]
                    expected = {*ours.values(), *elsewhere.values()} if cell == "all" else set()
                    expected |= {ours[name] for name in cell.split() if name in ours}
                    if "own" in cell and action in ("view", "start", "finish"):
                        expected.add(elsewhere["own"])  # one's own, beyond one's section
                    self.assertEqual({str(one) for one in found}, {str(one) for one in expected})

    def cast(self, user):
        def of(section):
            return {
                "own": self.assignment(f"{section} own {user}", [user], section=section),
                "free": self.assignment(f"{section} free {user}", section=section),
                "photo": self.assignment(f"{section} photo {user}", section=section, wants_photo=True),
                "others": self.assignment(f"{section} others {user}", [self.reporter], section=section),
            }

        self.chief.assigned.all().delete()
        permissions.assignments(None).delete()
        return of(self.dunia), of(self.olahraga), self.assignment("Jogja", section=self.kota)

    def test_each_role_has_its_rights(self):
        for role, action in itertools.product(DeskRole, ["view"]):
            self.assertIn(action, ASSIGNMENTS[role], "its accounts could read no assignment")

    def test_it_is_given_to_whoever_works_at_the_edition(self):
        for name, edition in (("orang-jogja", self.jogja), ("jaringan", None)):
            user = self.somebody("chief", name=name)
            user.memberships.update(edition=edition)
        here = permissions.assignable(permissions.plans_for(self.chief))
        self.assertEqual({user.username for user in here}, {"nina", "chief", "jaringan"})
