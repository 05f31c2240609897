"""The item that every reader makes, and single values in it: times, names, addresses, digests. Pure."""
