"""IPTC ninjs: 1.x to 3.1 read, 3.1 written (rules.md J). Pure.

The versions differ in how names are spelt (`versioncreated`, `versionCreated`), in singular and plural, and in what is
a list: 1.x has `body_xhtml` and objects keyed by name. Everything is read as 3.1 in lower case.

What ninjs has no field for stands where its readers pass it by: a use's caption beside the picture's own, the way to
the source line and the kicker as roles of descriptions and headlines, duties as subjects of that `rel`.

`files.py`: objects out of JSON of every form. `reading.py`: one object to an Item, Picture or Passed, by what
`texts.py`, `names.py` and `pictures.py` find in it. `writing.py`: an Item to one object.
"""

from .files import read
from .writing import from_item

__all__ = ["from_item", "read"]
