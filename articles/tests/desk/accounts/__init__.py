"""Signing in with a second factor, sessions, invitations, and being asked again."""
