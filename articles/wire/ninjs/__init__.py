"""IPTC ninjs: 1.x to 3.1 read, 3.1 written (rules.md J). Pure.

The versions differ in the case of names (`versioncreated`, `versionCreated`), in singular and plural, and in lists: 1.x
has `body_xhtml` and objects keyed by name. Everything is read as 3.1 in lower case.

Fields of ours without a field in ninjs are written where other readers ignore them: the picture's own caption and the
source line as roles of descriptions, the kicker as a role of headlines, duties as subjects of that `rel`.

`files.py`: JSON files to objects, with `envelopes.py`. `reading.py`: one object to an Item, Picture, Event or Passed,
with `texts.py`, `names.py`, `pictures.py` and `events.py`. `writing.py`: an Item to one object.
"""

from .envelopes import holder as is_envelope
from .files import read
from .writing import from_item

__all__ = ["from_item", "is_envelope", "read"]
