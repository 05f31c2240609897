"""What each role of the desk may do, as Django groups of permissions."""

from django.contrib.auth.models import Group, Permission

from .models.membership import DeskRole

STORY_PARTS = ["story", "credit", "taggedstory", "storyphoto"]
TAXONOMY = ["tag", "series"]
CHIEFS_OWN = [*STORY_PARTS, *TAXONOMY, "photo", "person", "position", "section", "policy", "followlink", "membership"]

# role → {"action": [models]}; "release" and "withdraw" are moves (publishing.py), not Django's own.
MAY = {
    DeskRole.REPORTER: {
        "view": [*STORY_PARTS, *TAXONOMY, "photo", "person", "section", "edition", "revision"],
        "add": [*STORY_PARTS, "photo", "tag"],
        "change": [*STORY_PARTS, "photo"],
        "delete": ["credit", "taggedstory", "storyphoto"],
    },
    DeskRole.EDITOR: {
        "view": [*STORY_PARTS, *TAXONOMY, "photo", "person", "section", "edition", "revision", "address", "readcount"],
        "add": [*STORY_PARTS, *TAXONOMY, "photo", "person"],
        "change": [*STORY_PARTS, *TAXONOMY, "photo", "person"],
        "delete": ["credit", "taggedstory", "storyphoto"],
        "release": ["story"],
        "withdraw": ["story"],
    },
    DeskRole.PHOTO: {
        "view": [*STORY_PARTS, *TAXONOMY, "photo", "person", "section", "edition", "revision"],
        "add": ["photo", "storyphoto"],
        "change": ["photo", "story", "storyphoto"],
        "delete": ["photo", "storyphoto"],
    },
    DeskRole.CHIEF: {
        "view": [*CHIEFS_OWN, "edition", "network", "owner", "revision", "address", "readcount"],
        "add": CHIEFS_OWN,
        "change": [*CHIEFS_OWN, "edition"],
        "delete": [*CHIEFS_OWN, "address"],
        "release": ["story"],
        "withdraw": ["story"],
    },
}


def install(using="default", **kwargs):
    """One group a role, with the permissions of `MAY` and no others; called after every migrate."""
    for role, actions in MAY.items():
        codenames = [f"{action}_{model}" for action, models in actions.items() for model in models]
        wanted = Permission.objects.using(using).filter(content_type__app_label="articles", codename__in=codenames)
        group, _ = Group.objects.using(using).get_or_create(name=role.value)
        group.permissions.set(wanted)
