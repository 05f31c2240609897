"""Streams of JSON and XML of any size, and temporary tables on disk. All memory is bounded."""
