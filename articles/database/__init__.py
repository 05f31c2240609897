from .triggers import at_one_moment, for_bulk, install, let_go, refusal, remove, statements, teach_connection

__all__ = ["at_one_moment", "for_bulk", "install", "let_go", "refusal", "remove", "statements", "teach_connection"]
