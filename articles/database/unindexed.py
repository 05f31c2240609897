"""A column by which SQLite finds no rows.

SQLite keeps no statistics of ours, and takes any column with an index for one that a few rows share. Most stories
have one state: where rows were asked for by their keys, it read all released stories of an archive for three of them.
"""

from django.db.models import Func


class Unindexed(Func):
    template, arity = "%(expressions)s", 1

    def as_sqlite(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, template="+%(expressions)s", **extra)
