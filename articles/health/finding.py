from typing import NamedTuple


class Finding(NamedTuple):
    """`what`: what is wrong. `to_do`: what to do. `is_fault`: False for a word that may be meant so."""

    name: str
    what: str
    to_do: str = ""
    is_fault: bool = True
