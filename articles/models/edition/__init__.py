"""An outlet of the network, and what belongs to it: where to follow it, and the rules that it keeps."""

from .edition import AIUse, Edition, EditionQuerySet, Language, Network, Owner, ProvidersField, Zone
from .policy import Covers, FollowLink, Policy
from .slot import SECONDS, Place, Slot, SlotQuerySet

__all__ = [
    "AIUse",
    "Covers",
    "Edition",
    "EditionQuerySet",
    "FollowLink",
    "Language",
    "Network",
    "Owner",
    "Place",
    "Policy",
    "SECONDS",
    "Slot",
    "SlotQuerySet",
    "ProvidersField",
    "Zone",
]
