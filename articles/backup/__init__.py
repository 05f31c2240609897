"""The whole newsroom as one folder, out and in again: `export --all DIR`, `ingest DIR`."""
