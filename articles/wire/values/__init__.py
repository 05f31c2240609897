"""The Item that every reader returns, and its values: times, names, addresses, digests. Pure."""
