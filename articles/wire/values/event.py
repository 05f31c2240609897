"""An event or a plan of coverage on the wire: something that will happen, and that somebody may be sent to. Pure."""

import dataclasses
import datetime

from .item import Term, lean, uid_of


@lean
@dataclasses.dataclass(slots=True)
class Event:
    """`begins_at`: when somebody must be there. `brief`: all that its source tells of it, as plain text.

    `uri`, `version`, `version_at`, `edition`, `section`, `source` and `remarks`: as in an Item. `digest`: the hash of
    the source, once it is ready to be stored.
    """

    uri: str
    headline: str
    begins_at: datetime.datetime
    place: str = ""
    brief: str = ""
    wants_photo: bool = False
    is_cancelled: bool = False
    edition: str = ""
    section: Term | None = None
    version: int = 1
    version_at: datetime.datetime | None = None
    source: object = None
    digest: str = ""
    remarks: list[str] = dataclasses.field(default_factory=list)

    @property
    def uid(self):
        return uid_of(self.uri)
