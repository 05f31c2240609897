"""What Django makes of DATABASE_URL, REPLICA_URL and LISTEN_URL."""

from django.core.exceptions import ImproperlyConfigured

from .services import postgresql

# IMMEDIATE, because SQLite refuses a transaction that turns from reading to writing while another one writes.
OF_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=2147418112",
}
CONNECTIONS_OF_REPORTS = 4


def databases(env, file, threads):
    """`file`: where SQLite lies if no server is named. `threads`: of each worker."""
    default = env.db("DATABASE_URL", f"sqlite:///{file}")
    kind = default["ENGINE"].rpartition(".")[2]
    if kind not in ("sqlite3", "postgresql"):
        raise ImproperlyConfigured(f"DATABASE_URL is of {kind}: the newsroom keeps its rows in PostgreSQL or SQLite.")
    if kind == "sqlite3":
        if beside := [name for name in ("REPLICA_URL", "LISTEN_URL") if env.str(name, "")]:
            raise ImproperlyConfigured(f"{beside[0]} is set, but DATABASE_URL is not that of a PostgreSQL.")
        default.setdefault("OPTIONS", {}).update(OF_SQLITE)
        default["CONN_MAX_AGE"] = 600  # seconds; opening a connection costs as much as three queries
        return {"default": default}
    prepares = env.bool("PREPARE_STATEMENTS", False)  # whether a connection plans a statement once
    default.setdefault("OPTIONS", {}).update(postgresql(max(4, threads // 2), prepares))
    if env.str("LISTEN_URL", ""):  # so DATABASE_URL is a proxy's, where a cursor would outlive its connection
        default["DISABLE_SERVER_SIDE_CURSORS"] = True
    if not env.str("REPLICA_URL", ""):
        return {"default": default}
    replica = env.db("REPLICA_URL")
    replica.setdefault("OPTIONS", {}).update(postgresql(CONNECTIONS_OF_REPORTS, prepares))
    replica["OPTIONS"]["pool"]["min_size"] = 0
    replica["OPTIONS"]["options"] = "-c default_transaction_read_only=on -c statement_timeout=30s"
    return {"default": default, "replica": replica | {"TEST": {"MIRROR": "default"}}}
