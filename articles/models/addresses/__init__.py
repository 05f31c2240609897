"""Addresses that rows had before, here or on another site."""
