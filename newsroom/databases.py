"""What Django makes of DATABASE_URL, REPLICA_URL and LISTEN_URL."""

from django.core.exceptions import ImproperlyConfigured

# IMMEDIATE, because SQLite refuses a transaction that turns from reading to writing while another one writes.
OF_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=2147418112",
}
NETWORK = {"connect_timeout": 2, "tcp_user_timeout": 5000}  # seconds; milliseconds without an answer
OF_REPORTS = {"min_size": 0, "max_size": 4}


def databases(env, file, threads):
    """`file`: where SQLite lies if no server is named. `threads`: of each worker."""
    default = env.db("DATABASE_URL", f"sqlite:///{file}")
    if default["ENGINE"].endswith("sqlite3"):
        if beside := [name for name in ("REPLICA_URL", "LISTEN_URL") if env.str(name, "")]:
            raise ImproperlyConfigured(f"{beside[0]} is set, but DATABASE_URL is not that of a PostgreSQL.")
        default.setdefault("OPTIONS", {}).update(OF_SQLITE)
        default["CONN_MAX_AGE"] = 600  # seconds; opening a connection costs as much as three queries
        return {"default": default}
    _pooled(default, {"min_size": 1, "max_size": max(4, threads // 2)})  # half of the threads render, or serve the desk
    if env.str("LISTEN_URL", ""):  # so DATABASE_URL is a proxy's, where a cursor would outlive its connection
        default["DISABLE_SERVER_SIDE_CURSORS"] = True
    if not env.str("REPLICA_URL", ""):
        return {"default": default}
    replica = _pooled(env.db("REPLICA_URL"), OF_REPORTS)
    replica["OPTIONS"]["options"] = "-c default_transaction_read_only=on -c statement_timeout=30s"
    return {"default": default, "replica": replica | {"TEST": {"MIRROR": "default"}}}


def _pooled(database, size):
    """psycopg's own `timeout`, 30 seconds, would block all threads; `reconnect_timeout` 0 tries a lost server at each
    request, instead of after waits that double."""
    pool = size | {"timeout": 1, "reconnect_timeout": 0}
    database.setdefault("OPTIONS", {}).update(NETWORK | {"pool": pool})
    return database
