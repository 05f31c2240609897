"""Accounts at the desk: signing in and its second step, asking again, factors, sessions, invitations."""
