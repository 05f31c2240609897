"""The desk's text editor: its buttons, and the texts and addresses for static/desk/nodes.js."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import AdminProseEditorWidget

from articles.text import links

MENU = ["headings", "lists", "nodes -blockType", "marks", "link", "ours", "history"]
BUTTONS = {
    "heading2": _("Heading"),
    "heading3": _("Smaller heading"),
    "bulletList": _("List"),
    "orderedList": _("Numbered list"),
    "blockquote": _("Quotation"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "link": _("Link"),
    "unlink": _("Remove the link"),
    "history:undo": _("Undo"),
    "history:redo": _("Redo"),
}
DIALOG = {
    "search": _("Search"),
    "none": _("Nothing was found."),
    "failed": _("The desk does not answer. Are you still signed in?"),
    "insert": _("Insert"),
    "update": _("Update"),
    "cancel": _("Cancel"),
    "missing": _("Not in the newsroom any more"),
}
TEXT = {
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {
        "enableTarget": False,
        "protocols": links.SCHEMES,
        "defaultProtocol": "https",
        "labels": {
            **DIALOG,
            "title": _("Link"),
            "address": _("Address"),
            "help": _("https://…, or a path of this site: /2023/10/19/…"),
            "wrong": {
                "spaces": _("An address has no spaces."),
                "scheme": _("Links lead to https://…, http://…, mailto:… or tel:… only."),
                "address": _("This is no address: write https://…, or a path of this site such as /2023/10/19/…"),
            },
        },
    },
    "SpecialCharacters": True,
    "TrailingNode": True,
    "Menu": {"groups": [{"group": group} for group in MENU]},
    "Desk": {"buttons": BUTTONS, "label": _("Text")},
}
NODES = {
    "Document": {"ours": True},
    "RelatedStory": {
        "search": reverse_lazy("admin:articles_story_find"),
        "labels": {
            **DIALOG,
            "button": _("Read also"),
            "title": _("Read also: which story?"),
            "prefix": _("Read also:"),
            "help": _("Words of the headline or the text. The newest stand first."),
        },
    },
    "LibraryPhoto": {
        "search": reverse_lazy("admin:articles_photo_find"),
        "labels": {
            **DIALOG,
            "button": _("Photo"),
            "title": _("Which photo?"),
            "caption": _("Caption in this story"),
            "own": _("Empty: the photo's own."),
            "lost": _("File missing"),
            "help": _("Words of the title, the caption or the credit."),
        },
    },
    "PageBreak": {"labels": {"button": _("Page break"), "next": _("A new page begins here")}},
}


class TextWidget(AdminProseEditorWidget):
    """The editor for plain texts."""

    extensions = TEXT

    def __init__(self, **kwargs):
        super().__init__(config={"extensions": self.extensions}, preset="configurable", **kwargs)


class StoryTextWidget(TextWidget):
    """The editor for stories, with related stories, photos and page breaks."""

    extensions = TEXT | NODES
