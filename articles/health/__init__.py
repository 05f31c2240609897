"""Whether the newsroom works, for machines and for operators. One list of checks answers all who ask.

checks.py     the checks: database, triggers, migrations, pages, storage, schedule, tasks
probes.py     /healthz and /readyz
exposed.py    /metrics, for Prometheus: what processes counted (articles/metrics.py), and what the database knows
who.py        who may read more than a word: this machine, or whoever has METRICS_TOKEN
set_up.py     what `manage.py doctor` says beside the checks: settings, clock, media, mail
"""
