"""XML of unknown origin, parsed by expat in bounded memory; harmful constructs are refused. Pure.

A document type is refused, so that no entity is expanded and nothing outside is fetched; if this expat has limits of
its own, they are set as well. Memory holds at most one tag or comment, the names of the open elements, and
`MOST_NAMES` names. The target decides which data to keep.
"""

from xml.parsers import expat

from . import xml_text

MOST_NAMES = 20_000  # different names of elements and attributes, because the parser keeps each one
MOST_SPACES = 500  # namespaces in scope at one place
LONGEST_SPACE = 1_000  # characters, because each element's name includes it
DEEPEST = 1_000
LARGEST_TAG = 4_000_000  # bytes of one tag or comment, which the parser keeps as a whole
MOST_AMPLIFIED = 2.0

XML = "http://www.w3.org/XML/1998/namespace"

_AT_THE_END = {3, 5, 6, 20}  # expat: no element, unclosed token, partial character, unclosed CDATA section
_LIMITS = {
    "SetBillionLaughsAttackProtectionActivationThreshold": 1 << 20,
    "SetBillionLaughsAttackProtectionMaximumAmplification": MOST_AMPLIFIED,
}  # Python offers them from 3.15 on


class XMLError(ValueError):
    """XML cannot be read any further."""


class BrokenXML(XMLError):
    """The XML is not well-formed at `line` and `column` (both from 1). `is_cut`: it ends too early."""

    def __init__(self, error):
        super().__init__(str(error))
        self.line, self.column, self.is_cut = error.lineno, error.offset + 1, error.code in _AT_THE_END


class DoctypeRefused(XMLError):
    pass


class TagTooLarge(XMLError):
    pass


class TooManyNames(XMLError):
    pass


class TooDeep(XMLError):
    pass


class Parser:
    """Calls `target` with the text of xml_text.py: start(name, attributes), data(text), end(name), mended().

    Names are "{namespace}name". `mended` is called before the data, or after the start, that had bytes which were no
    UTF-8. `doctypes`: public identifiers that are ignored. `spaces`: namespaces of usual prefixes, if a file does not
    declare them; an unknown prefix counts as a namespace of that name. Raises XMLError, and errors of the target.
    """

    def __init__(self, target, deepest=DEEPEST, doctypes=(), spaces=None):
        self.target, self.deepest, self.doctypes = target, deepest, doctypes
        self.depth, self.fed, self.has_marks = 0, 0, False
        self.spaces, self.outer = {"xml": XML, **(spaces or {})}, []  # by prefix; (depth, namespaces outside of it)
        self.expat = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        for name, limit in _LIMITS.items():
            if hasattr(parser, name):
                getattr(parser, name)(limit)
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = target.data

    def feed(self, text):
        if not self.has_marks and xml_text.unmarked(text)[1]:
            self.has_marks = True
            self.expat.CharacterDataHandler = self._marked
        data = text.encode()
        self.fed += len(data)
        self._parse(data, False)
        if self.fed - self.expat.CurrentByteIndex > LARGEST_TAG:
            raise TagTooLarge
        if len(self.expat.intern) > MOST_NAMES:
            raise TooManyNames

    def close(self):
        self._parse(b"", True)

    def _parse(self, data, is_final):
        try:
            self.expat.Parse(data, is_final)
        except expat.ExpatError as error:
            raise BrokenXML(error) from error

    def _start(self, name, attributes):
        self.depth += 1
        if self.depth > self.deepest:
            raise TooDeep
        if attributes:
            attributes = self._declared(attributes)
        is_mended = self.has_marks and _unmark(attributes)
        self.target.start(self._name(name), attributes)
        if is_mended:
            self.target.mended()

    def _declared(self, attributes):
        """The attributes with their namespaces, without declarations of namespaces."""
        declared = {name[6:]: uri for name, uri in attributes.items() if name == "xmlns" or name[:6] == "xmlns:"}
        if declared:
            if len(self.spaces) + len(declared) > MOST_SPACES:
                raise TooManyNames
            if max(map(len, declared.values())) > LONGEST_SPACE:
                raise TagTooLarge
            self.outer.append((self.depth, self.spaces))
            self.spaces = self.spaces | declared
            attributes = {name: value for name, value in attributes.items() if name.partition(":")[0] != "xmlns"}
        return {self._name(name) if ":" in name else name: value for name, value in attributes.items()}

    def _end(self, name):
        self.target.end(self._name(name))
        if self.outer and self.outer[-1][0] == self.depth:
            self.spaces = self.outer.pop()[1]
        self.depth -= 1

    def _marked(self, text):
        text, is_mended = xml_text.unmarked(text)
        if is_mended:
            self.target.mended()
        self.target.data(text)

    def _name(self, name):
        """A name of the file ("prefix:name") as "{namespace}name"."""
        prefix, _colon, local = name.rpartition(":")
        space = self.spaces.get(prefix, prefix)
        return f"{{{space}}}{local}" if space else name

    def _doctype(self, _name, _system_id, public_id, has_subset):
        if has_subset or public_id not in self.doctypes:
            raise DoctypeRefused

    def _entity(self, *_declaration):
        raise DoctypeRefused


def _unmark(attributes):
    """Mend the attributes in place. Returns whether one had to be mended."""
    unmarked = {name: xml_text.unmarked(value) for name, value in attributes.items()}
    attributes.update({name: value for name, (value, _is_mended) in unmarked.items()})
    return any(is_mended for _value, is_mended in unmarked.values())
