"""Which change touches which keys. Triggers do it, so that every way of writing invalidates in its own transaction.

    s<uid> story   f<uid> photo   p<id> person   t<id> tag   n<id> section   r<id> series   e<id> edition and its frame
    h<id> what editors hold of an edition's front page

A key with "+" is the list of stories of a row: `t7+` is touched when a story with that tag enters, leaves or
moves, `t7` when the tag's own row changes. `e1+` is every list of an edition, `w+` that of the network. A page that
shows a tag's name carries `t7`; only one that lists its stories carries `t7+`. `g1` is touched when a story of an
edition that readers have gets or loses a tag or a credit; with `e1+` it is the list of all its tags, or its people.

A story that readers have neither before nor after a change touches nothing. A story that they get or lose by the clock
is written with its time (Moment); the clocks of database and workers may differ by up to an hour.

Numbers must be given in the order of commits, or a worker that has read number 8 would never look at 7, which commits
later. SQLite has one writer at a time, so a plain row id is enough. On PostgreSQL a deferred trigger numbers the rows
of a transaction at its end, one transaction at a time; it finds them by the transaction's id, which savepoints share.
"""

from typing import NamedTuple

from articles.field_uses import Use

KEPT = 20_000
FORGOTTEN_AT_ONCE = 64  # looking for old rows at each of 25 touches of a story took a tenth of its import
CHANNEL = "articles_touch"  # of NOTIFY: cache/notify.py listens
STORY = "articles_story"
TOGETHER = [STORY, "articles_credit", "articles_taggedstory"]  # of new rows of these, triggers on SQLite may wait
WAITS = "touches_wait"  # the function that tells them to: touched_together.py
KNOWN = "IN ('released', 'withdrawn')"  # the states of stories that readers have, will have or had


class Key(NamedTuple):
    """An SQL expression for a key, and the table it is selected from; `{row}` is OLD or NEW."""

    text: str
    source: str = ""
    condition: str = "TRUE"


OF_EDITION = Key("'e' || {row}.edition_id")
# Rows that readers see on every page that shows them.
PLAIN = {
    "articles_owner": [
        Key(
            "'e' || e.id",
            "articles_edition e JOIN articles_network n ON n.id = e.network_id",
            "n.owner_id = {row}.id",
        )
    ],
    "articles_network": [Key("'e' || id", "articles_edition", "network_id = {row}.id")],
    "articles_edition": [Key("'e' || {row}.id"), Key("'w+'")],  # it may join the network or leave it
    "articles_section": [Key("'n' || {row}.id"), OF_EDITION],
    "articles_followlink": [OF_EDITION],
    "articles_policy": [OF_EDITION],
    "articles_position": [OF_EDITION, Key("'p' || {row}.person_id")],
    "articles_person": [Key("'p' || {row}.id")],
    "articles_tag": [Key("'t' || {row}.id")],
    "articles_series": [Key("'r' || {row}.id")],
    "articles_photo": [Key("'f' || {uid}")],
    "articles_slot": [Key("'h' || {row}.edition_id")],
}
# The clock changes what these rows show: at these times, and a day after those.
CHANGES_AT = {
    "articles_photo": ["rights_end_at"],
    "articles_slot": ["until_at"],
    "articles_series": ["coverage_starts_at", "coverage_ends_at"],
}
A_DAY_AFTER = {"articles_series": ["coverage_starts_at"]}  # live coverage without an end: models/series.py
# Rows that belong to a story `s`: readers see them on its page and in these lists.
OF_ITS_STORY = Key("'s' || {s_uid}")
NAMES = Key("'g' || s.edition_id")  # whom and what the stories of an edition name: its lists of people and tags
PARTS = {
    "articles_credit": [Key("'p' || {row}.person_id || '+'"), NAMES],
    "articles_taggedstory": [Key("'t' || {row}.tag_id || '+'"), NAMES],
    "articles_storyphoto": [],
    "articles_correction": [Key("'e' || s.edition_id || '+'")],
}
ITSELF = [
    Key("'s' || {uid}"),
    Key("'s' || {s_uid}", f"{STORY} s", "s.id = {row}.verified_in_id"),
]
# The first story of a section that came by wire brings the section into the frame.
SHOWS_ITS_SECTION = Key(
    "'e' || n.edition_id", "articles_section n", "n.id = {row}.section_id AND n.is_provisional = TRUE"
)
ITS_LISTS = [
    Key("'w+'"),
    Key("'e' || {row}.edition_id || '+'"),
    Key("'n' || {row}.section_id || '+'"),
    SHOWS_ITS_SECTION,
    Key("'r' || {row}.series_id || '+'", condition="{row}.series_id IS NOT NULL"),
    Key("'t' || tag_id || '+'", "articles_taggedstory", "story_id = {row}.id"),
    Key("'p' || person_id || '+'", "articles_credit", "story_id = {row}.id"),
]
# A scheduled change: the key that says one is due, and its story, which must not be shown without the change.
GOES_OUT = [Key("'waiting'"), Key("'s' || {s_uid}", f"{STORY} s", "s.id = {row}.story_id")]
TELL = "INSERT INTO articles_touch (key) VALUES ('@');"  # workers read moments only after a touch
TIMES = ["live_from", "expires_at"]
EVENTS = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}


def statements(vendor, models):
    """The SQL that makes the triggers on a database. `models`: {table: model}."""
    sql = {"sqlite": Sqlite, "postgresql": Postgresql}[vendor]()
    yield from sql.numbering()
    for event, rows in EVENTS.items():
        for table, keys in PLAIN.items():
            does = [sql.touch(key, row) for row in rows for key in keys]
            if "NEW" in rows:
                does += [sql.moment(keys[0], "NEW", time) for time in sql.changes_at(table, "NEW")]
            yield from sql.trigger(table, event, sql.differs(models[table], event), does)
        for table, lists in PARTS.items():
            does = [part for row in rows for part in _of_a_story(sql, row, lists)]
            yield from sql.trigger(table, event, sql.differs(models[table], event), does)
        yield from _story(sql, models[STORY], event, rows)
        if "NEW" in rows:  # at its time every worker applies it: delivery/wsgi.py
            does = [sql.moment(key, "NEW", "NEW.goes_out_at") for key in GOES_OUT]
            yield from sql.trigger("articles_waitingchange", event, "", does)


def moments_to_come(vendor):
    """The SQL that writes the moments of rows that existed before the triggers."""
    sql = {"sqlite": Sqlite, "postgresql": Postgresql}[vendor]()
    for key in [*ITSELF, *ITS_LISTS]:
        for time in TIMES:
            yield sql.moments_of(STORY, key, f"source.{time}", "source.state = 'released'")
    for table in CHANGES_AT:
        for time in sql.changes_at(table, "source"):
            yield sql.moments_of(table, PLAIN[table][0], time)
    for key in GOES_OUT:
        yield sql.moments_of("articles_waitingchange", key, "source.goes_out_at")


def _of_a_story(sql, row, lists):
    for key in [OF_ITS_STORY, *lists]:
        key = Key(key.text, f"{STORY} s", f"s.id = {{row}}.story_id AND s.state {KNOWN}")
        yield sql.touch(key, row)
        if row == "NEW" and key.text.endswith("'+'"):
            yield sql.moments(key, row, [f"s.{time}" for time in TIMES])


def _story(sql, model, event, rows):
    """Lists are touched only if a story moves in them, and nothing is touched if readers never have the story.

    A condition that holds for the whole trigger is checked once, by the trigger and not by each of its statements.
    """
    moved = sql.differs(model, event, Use.LISTS) or "TRUE"
    seen = sql.differs(model, event, Use.PAGES, Use.WIRE) or "TRUE"  # the API shows what leaves by wire
    had = {row: f"({row}.state {KNOWN} AND ({row}.live_from IS NULL OR {row}.live_from <= {sql.soon}))" for row in rows}
    some_had = " OR ".join(had.values())
    also = had if len(rows) > 1 else dict.fromkeys(rows, "TRUE")
    shown = [sql.touch(key, row, also[row]) for row in rows for key in ITSELF]
    listed = [sql.touch(key, row, also[row]) for row in rows for key in ITS_LISTS]
    yield from sql.trigger(STORY, event, f"({seen} OR {moved}) AND ({some_had})", shown, "shown")
    yield from sql.trigger(STORY, event, f"({moved}) AND ({some_had})", listed, "listed")
    if "NEW" in rows:
        times = [f"NEW.{time}" for time in TIMES]
        comes = " OR ".join(f"{time} > {sql.just_now}" for time in times)
        does = [sql.moment(key, "NEW", time) for key in [*ITSELF, *ITS_LISTS] for time in times]
        yield from sql.trigger(STORY, event, f"({moved}) AND NEW.state = 'released' AND ({comes})", does, "moments")


class Sql:
    """The SQL that is the same on both databases."""

    def touch(self, key, row, also="TRUE"):
        return f"INSERT INTO articles_touch (key) {self.select(key, row, [], also)};"

    def moment(self, key, row, time, also="TRUE"):
        also = f"{time} > {self.just_now} AND {also}"
        return f"INSERT INTO articles_moment (key, at) {self.select(key, row, [time], also)};"

    def changes_at(self, table, row):
        """The times at which the clock changes what a row of that table shows."""
        times = [f"{row}.{time}" for time in CHANGES_AT.get(table, ())]
        return [*times, *(self.a_day_after(f"{row}.{time}") for time in A_DAY_AFTER.get(table, ()))]

    def moments(self, key, row, times):
        """Moments for several times, which read the clock once."""
        named = key._replace(text=f"{key.text} AS key")
        each = [self.select(named, row, [f"{time} AS at"], f"{time} IS NOT NULL") for time in times]
        union = " UNION ALL ".join(each)
        return f"INSERT INTO articles_moment (key, at) SELECT key, at FROM ({union}) AS g WHERE at > {self.just_now};"

    def moments_of(self, table, key, time, also="TRUE"):
        """For every row `source` of a table."""
        every = Key(key.text, ", ".join(filter(None, [f"{table} source", key.source])), key.condition)
        return self.moment(every, "source", time, also)

    def select(self, key, row, more, also):
        columns = ", ".join([key.text, *more])
        source = f"FROM {key.source} " if key.source else ""
        select = f"SELECT {columns} {source}WHERE {key.condition} AND {also}"
        return select.format(row=row, uid=self.uid(f"{row}.uid"), s_uid=self.uid("s.uid"))

    def differs(self, model, event, *uses):
        """For an update, the condition that some column changed, of those with one of these uses or of all; else ""."""
        fields = [field for use in uses for field in model.field_uses.fields(use)] or model._meta.concrete_fields
        columns = sorted({field.column for field in fields if field.serialize and not field.primary_key})
        differs = (f'OLD."{column}" {self.is_not} NEW."{column}"' for column in columns)
        return " OR ".join(differs) if event == "UPDATE" else ""


class Sqlite(Sql):
    number, is_not = "id", "IS NOT"
    soon, just_now = (f"strftime('%Y-%m-%d %H:%M:%f', 'now', '{hour} hour')" for hour in ("+1", "-1"))

    def uid(self, column):
        return column

    def a_day_after(self, column):
        return f"strftime('%Y-%m-%d %H:%M:%f', {column}, '1 day')"

    def numbering(self):
        """There is one writer at a time, so the order of row ids is the order of commits."""
        forget = f"DELETE FROM articles_touch WHERE id <= NEW.id - {KEPT};"
        yield from self.trigger("articles_touch", "INSERT", f"NEW.id % {FORGOTTEN_AT_ONCE} = 0", [forget])
        past = "DELETE FROM articles_moment WHERE at < strftime('%Y-%m-%d %H:%M:%f', 'now', '-1 day');"
        yield from self.trigger("articles_moment", "INSERT", "", [past, TELL])

    def trigger(self, table, event, condition, does, name="touches"):
        name = f"{table}_{name}_{event.lower()}"
        if table in TOGETHER and event == "INSERT":
            condition = " AND ".join(filter(None, [f"NOT {WAITS}()", condition and f"({condition})"]))
        when = f"WHEN {condition}" if condition else ""
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} AFTER {event} ON {table} {when} BEGIN {' '.join(does)} END"


class Postgresql(Sql):
    number, is_not = "number", "IS DISTINCT FROM"
    soon, just_now = "now() + interval '1 hour'", "now() - interval '1 hour'"

    def uid(self, column):
        return f"replace({column}::text, '-', '')"

    def a_day_after(self, column):
        return f"{column} + interval '1 day'"

    def numbering(self):
        """The counter's row is locked from the numbering to the commit, which follows at once."""
        yield "CREATE TABLE IF NOT EXISTS articles_touch_counter (number bigint NOT NULL)"
        yield "INSERT INTO articles_touch_counter SELECT 0 WHERE NOT EXISTS (SELECT FROM articles_touch_counter)"
        yield "ALTER TABLE articles_touch ADD COLUMN IF NOT EXISTS transaction xid8 DEFAULT pg_current_xact_id()"
        yield "CREATE INDEX IF NOT EXISTS articles_touch_number ON articles_touch (number)"
        yield """CREATE INDEX IF NOT EXISTS articles_touch_unnumbered ON articles_touch (transaction)
                 WHERE number IS NULL"""
        yield f"""
            CREATE OR REPLACE FUNCTION articles_touch_numbering() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE next bigint;
            BEGIN
                IF EXISTS (SELECT FROM articles_touch WHERE id = NEW.id AND number IS NULL) THEN
                    UPDATE articles_touch_counter SET number = number + 1 RETURNING number INTO next;
                    UPDATE articles_touch SET number = next
                        WHERE transaction = pg_current_xact_id() AND number IS NULL;
                    DELETE FROM articles_touch WHERE number <= next - {KEPT // 10};
                    DELETE FROM articles_moment WHERE at < now() - interval '1 day';
                    PERFORM pg_notify('{CHANNEL}', '');
                END IF;
                RETURN NULL;
            END $$"""
        yield "DROP TRIGGER IF EXISTS articles_touch_numbered ON articles_touch"
        yield from self.trigger("articles_moment", "INSERT", "", [TELL])
        yield """CREATE CONSTRAINT TRIGGER articles_touch_numbered AFTER INSERT ON articles_touch
                 DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION articles_touch_numbering()"""

    def trigger(self, table, event, condition, does, name="touches"):
        name = f"{table}_{name}_{event.lower()}"
        when = f"WHEN ({condition})" if condition else ""
        yield f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN {" ".join(does)} RETURN NULL; END $$"""
        yield f"""CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {when}
                  EXECUTE FUNCTION {name}()"""
