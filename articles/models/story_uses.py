"""Uses that fields of a story do not have, and why (field_uses.py). A field that is not named here has every use."""

from articles.field_uses import Use, Uses

TIMES = ("publish_at", "embargo_until", "expires_at")
PROTECTION = ("involves_child", "child_is_unnamed", "protected_names", "is_about_suicide")
_CONDITIONS = ("in_public_interest", "source_is_credible", "subject_not_reached", "readers_are_told")
_IDENTITY = ("uid", "edition", "state", "day", "first_published_at", "updated_at")
_COUNTERS = ("version", "changed_at")
_LONG = ("body", "source_line", "lead_caption", "protected_names", "ai_note")
_MARKS = ("is_made_with_ai", *PROTECTION[:2], "is_about_suicide", *_CONDITIONS)
_SHORT = ("kicker", "short_headline", "slug")
_BESIDE = ("source_line", "sponsor", "place", "lead_caption", "ai_note")

USES = Uses(
    Use.CARDS.without("a card shows no long text, and dozens of cards stand on a page", *_LONG),
    Use.CARDS.without("a card shows no mark of this kind", *_MARKS, "verified_in", "place"),
    Use.CARDS.without("`live(at)` has read it in the query", "state", *TIMES),
    Use.CARDS.without("a card shows when the story began, and no later time", "first_published_at", "updated_at"),
    Use.CARDS.without("only the desk sees it", *_COUNTERS),
    Use.DESK_LISTS.without("a row shows no long text", *_LONG),
    Use.REVISIONS.without("the revision has a number and a time of its own", *_COUNTERS),
    Use.REVISIONS.without("the database makes it from other fields", "live_from"),
    Use.BRING_BACK.without("readers and the wire know the story by it, or only a transition sets it", *_IDENTITY),
    Use.BRING_BACK.without("an address and times stay as they are (rules.md W7)", "slug", *TIMES),
    Use.BRING_BACK.without("a protection that was added later stays", *PROTECTION),
    Use.BRING_BACK.without("no revision has it", *_COUNTERS, "live_from"),
    Use.SCHEDULED.without("readers and the wire know the story by it, or only a transition sets it", *_IDENTITY),
    Use.SCHEDULED.without("times are changed at once", *TIMES),
    Use.SCHEDULED.without("no revision has it", *_COUNTERS, "live_from"),
    Use.SCREENED.without("it holds the names themselves, and only the desk sees it", "protected_names"),
    Use.FACTS.without("only the desk sees it", "protected_names"),
    Use.FACTS.without("it is too short for a doubt, or shortens the headline", *_SHORT),
    Use.FACTS.without("it tells of the story's making, and not of its day", *_BESIDE),
    Use.SEARCH.without("only the desk sees it", "protected_names"),
    Use.SEARCH.without("it says again what headline, tags or series say", *_SHORT, "key_event"),
    Use.SEARCH.without("it tells of the story's making, and not of its subject", "source_line", "sponsor", "ai_note"),
    Use.PAGES.without("only the desk sees it", *_COUNTERS, *_CONDITIONS, *PROTECTION[:3]),
    Use.PAGES.without("state and `live_from` tell lists and pages what changed for readers", "state", *TIMES[:2]),
    Use.LISTS.without(
        "no list is chosen or ordered by a text or a picture", "headline", *_SHORT, "standfirst", "sponsor"
    ),
    Use.LISTS.without("no list is chosen or ordered by a text or a picture", *_LONG, "sponsor", "place", "lead_photo"),
    Use.LISTS.without("`live_from` says when it enters a list", "publish_at", "embargo_until"),
    Use.LISTS.without("no list is chosen or ordered by it", "uid", "updated_at", "is_made_with_ai"),
    Use.LISTS.without("only the desk sees it", *_COUNTERS, *_CONDITIONS, *PROTECTION[:2]),
    Use.WIRE.without("only the desk sees it", "changed_at", *_CONDITIONS, "child_is_unnamed", "protected_names"),
    Use.WIRE.without("the database makes it from other fields", "live_from"),
)
