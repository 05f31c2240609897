"""What a browser would send from a form of a page."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    """[(address, {name: value})] of a page's forms, as they stand; buttons are not pressed."""

    def __init__(self, text):
        super().__init__()
        self.found, self.field, self.select, self.is_multiple = [], "", "", False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag == "form":
            self.found.append((has.get("action") or "", {}))
        elif self.found:
            getattr(self, f"_{tag}", lambda has: None)(has)

    def _input(self, has):
        kind = has.get("type", "text")
        is_taken = kind not in ("submit", "button", "file") and (kind not in ("checkbox", "radio") or "checked" in has)
        if is_taken and "name" in has and "disabled" not in has:
            self.fields[has["name"]] = has.get("value") or ("on" if kind == "checkbox" else "")

    def _textarea(self, has):
        self.field = has.get("name", "")
        if self.field:
            self.fields[self.field] = ""

    def _select(self, has):
        self.select, self.is_multiple = has.get("name", ""), "multiple" in has

    def _option(self, has):
        if self.select and ("selected" in has or not (self.is_multiple or self.select in self.fields)):
            self.fields[self.select] = has.get("value") or ""

    @property
    def fields(self):
        return self.found[-1][1]

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.field = ""
        if tag == "select":
            self.select = ""

    def handle_data(self, data):
        if self.field:
            self.fields[self.field] += data


def form_of(response, having="csrfmiddlewaretoken"):
    """(address, fields) of the form on the page that has such a field, and the most fields."""
    fitting = [(address, fields) for address, fields in _Forms(response.text).found if having in fields]
    address, fields = max(fitting, key=lambda form: len(form[1]))
    return address or response.request["PATH_INFO"], {name: value.removeprefix("\n") for name, value in fields.items()}
