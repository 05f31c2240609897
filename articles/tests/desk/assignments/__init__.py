"""Assignments: who may plan and give them, the story that is begun from one, the list, the budget."""
