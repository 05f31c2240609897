"""All models, in reading order."""

from .addresses.address import Address
from .addresses.former import FormerPersonSlug, FormerSectionSlug, FormerSeriesSlug, FormerTagSlug
from .addresses.former_key import FormerKey
from .audit_entry import AuditEntry
from .correction import Correction
from .desk.assignment import Assignee, Assignment
from .desk.invitation import Invitation
from .desk.note import Note
from .desk.notice import MailChoice, Notice
from .desk.preference import DeskPreference
from .desk.presence import Presence
from .desk.preview_link import PreviewLink
from .desk.saved_view import SavedView
from .desk.session import DeskSession
from .desk.working_copy import WorkingCopy
from .edition import Edition, FollowLink, Network, Owner, Policy, Slot
from .housekeeping.queued_task import QueuedTask
from .housekeeping.rate_limit import RateLimit
from .housekeeping.read_count import ReadCount
from .housekeeping.touch import Moment, Touch
from .membership import Membership
from .person import Credit, Person, Position
from .photo import FormerFile, Photo, StoryPhoto
from .photo_in_text import PhotoInText
from .revision import Revision
from .section import Section
from .series import Series
from .story import Story
from .tag import Tag, TaggedStory
from .waiting_change import WaitingChange
from .wire.arrival import Arrival, OldAddress
from .wire.event_arrival import EventArrival
from .wire.photo_arrival import PhotoArrival
from .wire.source import (
    AwaitedPhoto,
    IncompletePost,
    SourceNote,
    SourcePerson,
    SourcePhoto,
    SourceSection,
    SourceSeries,
    SourceTag,
)

__all__ = [
    "Owner",
    "Network",
    "Edition",
    "FollowLink",
    "Policy",
    "Slot",
    "Membership",
    "Person",
    "Position",
    "Credit",
    "Section",
    "Tag",
    "TaggedStory",
    "Series",
    "Photo",
    "FormerFile",
    "StoryPhoto",
    "PhotoInText",
    "PhotoArrival",
    "Story",
    "Address",
    "OldAddress",
    "FormerTagSlug",
    "FormerPersonSlug",
    "FormerSeriesSlug",
    "FormerSectionSlug",
    "Arrival",
    "SourcePerson",
    "SourceTag",
    "SourceSeries",
    "SourceSection",
    "SourcePhoto",
    "AwaitedPhoto",
    "IncompletePost",
    "SourceNote",
    "Correction",
    "Revision",
    "FormerKey",
    "WaitingChange",
    "ReadCount",
    "Touch",
    "Moment",
    "RateLimit",
    "AuditEntry",
    "SavedView",
    "DeskSession",
    "Invitation",
    "DeskPreference",
    "WorkingCopy",
    "Presence",
    "Note",
    "Notice",
    "MailChoice",
    "PreviewLink",
    "QueuedTask",
    "Assignment",
    "Assignee",
    "EventArrival",
]
