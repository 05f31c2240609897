"""The newsroom without its secrets, as one folder by natural keys: `export --all DIR`, `ingest DIR`.

It is for whoever hands a newsroom over: no passwords, no factors, no sessions. What `backup` writes has all of them.
"""
