"""How a database would answer the queries of a page."""

from django.db import connection, transaction


def plan_of(sql, params):
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        else:  # with so few rows it would read all of them
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
            cursor.execute(f"EXPLAIN {sql}", params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def plans(case, address, holding):
    """{SQL: plan} of the SELECTs of a page that hold these words."""
    asked = []

    def note(execute, sql, params, *rest):
        if sql.startswith("SELECT") and holding in sql:
            asked.append((sql, params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        case.assertEqual(case.client.get(address).status_code, 200)
    case.assertTrue(asked)
    return {sql: plan_of(sql, params) for sql, params in asked}
