"""The desk's text editor: its buttons, and the texts and addresses for static/desk/nodes.js."""

import functools
import json

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import AdminProseEditorWidget

from articles.text import links

MENU = ["marks", "link", "headings", "quotes", "lists", "table", "history"]
MENU_OF_STORIES = [*MENU[:2], "note", *MENU[2:]]
BUTTONS = {
    "heading2": _("Heading"),
    "heading3": _("Smaller heading"),
    "bulletList": _("List"),
    "orderedList": _("Numbered list"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "strike": _("Struck out"),
    "subscript": _("Subscript"),
    "superscript": _("Superscript"),
    "link": _("Link"),
    "unlink": _("Remove the link"),
    "history:undo": _("Undo"),
    "history:redo": _("Redo"),
}
QUOTES = {"quotation": _("Quotation"), "pullQuote": _("Quotation set large")}
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
    "Blockquote": {"labels": QUOTES},
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
    "ToolbarOverSelection": {"label": _("Toolbar of the text")},
    "Pasting": {
        "labels": {
            "told": _("Left out of what you pasted: {list}."),
            "pictures": _("{count} pictures (drop or choose them)"),
            "media": _("{count} films or frames"),
            "controls": _("{count} buttons or fields"),
            "underlines": _("{count} underlinings"),
            "footnotes": _("{count} signs of footnotes"),
            "comments": _("{count} comments"),
        }
    },
    "FindAndReplace": {
        "labels": {
            "title": _("Find and replace"),
            "find": _("Find"),
            "replace": _("Replace by"),
            "before": _("Previous"),
            "next": _("Next"),
            "one": _("Replace"),
            "every": _("Replace all"),
            "close": _("Close"),
            "place": _("{at} of {count}"),
            "none": _("Nothing was found."),
            "done": _("Replaced: {count}"),
        }
    },
}
ITEMS = [  # what "/" inserts
    {"name": "libraryPhoto", "label": _("Photo"), "icon": "image", "words": "foto gambar image"},
    {"name": "relatedStory", "label": _("Read also"), "icon": "link", "words": "baca juga terkait related"},
    {"name": "heading2", "label": _("Heading"), "icon": "title", "words": "subjudul h2"},
    {"name": "quotation", "label": _("Quotation"), "icon": "format_quote", "words": "kutipan quote"},
    {"name": "pullQuote", "label": _("Quotation set large"), "icon": "short_text", "words": "kutipan pull"},
    {"name": "bulletList", "label": _("List"), "icon": "format_list_bulleted", "words": "daftar butir"},
    {"name": "orderedList", "label": _("Numbered list"), "icon": "format_list_numbered", "words": "nomor 1"},
    {"name": "table", "label": _("Table"), "icon": "grid_on", "words": "tabel"},
    {"name": "embed", "label": _("A film or post elsewhere"), "icon": "play_circle", "words": "embed video"},
    {
        "name": "horizontalRule",
        "label": _("Page break"),
        "icon": "insert_page_break",
        "words": "pisah halaman page",
    },
]
NOTES = {"labels": {"note": _("Note on this passage")}}
PLAIN = {"heading2", "quotation", "pullQuote", "bulletList", "orderedList", "table", "embed"}  # without rows of others
PHOTOS = reverse_lazy("admin:articles_photo_find")
STORIES = reverse_lazy("admin:articles_story_find")
NODES = {
    "Document": {"ours": True},
    "RelatedStory": {
        "search": STORIES,
        "labels": {
            **DIALOG,
            "title": _("Read also: which story?"),
            "prefix": _("Read also:"),
            "help": _("Words of the headline or the text. The best headline stands first, then the newest."),
        },
    },
    "LibraryPhoto": {
        "search": PHOTOS,
        "labels": {
            **DIALOG,
            "title": _("Which photo?"),
            "caption": _("Caption in this story"),
            "own": _("Empty: the photo's own."),
            "lost": _("File missing"),
            "help": _("Words of the title, the caption or the credit."),
        },
    },
    "PageBreak": {"labels": {"next": _("A new page begins here")}},
    "Link": {
        **TEXT["Link"],
        "search": STORIES,
        "labels": {
            **TEXT["Link"]["labels"],
            "story": _("Or a story of ours"),
            "storyHelp": _("Words of the headline or the text. A story that you choose fills in the address."),
        },
    },
    "Embed": {
        "search": PHOTOS,
        "labels": {
            **DIALOG,
            "title": _("A film or post elsewhere"),
            "address": _("Address"),
            "https": _("https://… of the film or post, as in the browser."),
            "wrong": _("The address begins with https:// and has no name before @."),
            "words": _("Title"),
            "wordsHelp": _("What readers find there. Nothing is fetched: you write it."),
            "search": _("Picture from the library"),
            "help": _("Words of the title, the caption or the credit."),
            "without": _("No picture"),
            "lost": _("File missing"),
        },
    },
    "Table": {
        "labels": {
            "addRowAfter": _("Add a row"),
            "addColumnAfter": _("Add a column"),
            "deleteRow": _("Delete the row"),
            "deleteColumn": _("Delete the column"),
            "toggleHeaderRow": _("First row has headings"),
            "deleteTable": _("Delete the table"),
        },
        "icons": {
            "addRowAfter": "playlist_add",
            "addColumnAfter": "view_column",
            "deleteRow": "playlist_remove",
            "deleteColumn": "disabled_by_default",
            "toggleHeaderRow": "table_rows",
            "deleteTable": "delete",
        },
    },
    "Pictures": True,
    "TableRow": True,
    "TableCell": True,
    "TableHeader": True,
    "Slash": {
        "label": _("Insert"),
        "none": _("Nothing of that name"),
        "items": ITEMS,
    },
    "Tools": {
        "labels": {
            "insert": _("Insert"),
            "find": _("Find and replace"),
            "hint": _("The text. A “/” inserts a photo, a table or something else."),
        }
    },
    "WordCount": {
        "labels": {
            "word": _("{count} word"),
            "words": _("{count} words"),
            "minute": _("{count} minute to read"),
            "minutes": _("{count} minutes to read"),
        }
    },
}


class TextWidget(AdminProseEditorWidget):
    """The editor for plain texts."""

    extensions = TEXT

    def __init__(self, **kwargs):
        super().__init__(config={"extensions": self.extensions}, preset="configurable", **kwargs)

    def get_context(self, name, value, attrs):
        context = forms.Textarea.get_context(self, name, value, attrs)
        context["widget"]["attrs"][f"data-django-prose-editor-{self.preset}"] = _config(type(self), get_language())
        return context


@functools.cache
def _config(widget, _language):
    """What the editor's script is told: a hundred texts, so 3,000 calls of functions, the same for each form."""
    return json.dumps(widget().get_config(), separators=(",", ":"), cls=DjangoJSONEncoder)


class StoryTextWidget(TextWidget):
    """The editor for stories, with related stories, photos, tables, embeds, page breaks and notes of the desk."""

    extensions = TEXT | NODES | {"Notes": NOTES, "Menu": {"groups": [{"group": group} for group in MENU_OF_STORIES]}}


class PolicyTextWidget(TextWidget):
    """The editor for policies: it keeps all that a story's keeps, and offers what the page of a policy shows."""

    extensions = (
        TEXT | NODES | {"Slash": {**NODES["Slash"], "items": [item for item in ITEMS if item["name"] in PLAIN]}}
    )
