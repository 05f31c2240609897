"""Assignments at the desk: the list, the form, the presses, the budget of a day."""
