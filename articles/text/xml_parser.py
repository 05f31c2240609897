"""XML of unknown origin, parsed in bounded memory: expat, with everything refused that can do harm. Pure.

A document type is refused, so that nothing can be expanded and nothing outside is asked for; where this expat lets
its own limits be set, they are set as well. Whatever the file, no more is held than one tag or comment, the names of
the open elements, and `MOST_NAMES` names. What to keep of the rest is the matter of the target.
"""

from xml.parsers import expat

from . import xml_text

MOST_NAMES = 20_000  # different names of elements and attributes: the parser remembers each
MOST_SPACES = 500  # namespaces that hold at one place
LONGEST_SPACE = 1_000  # characters of one: it stands in the name of each element that is told
DEEPEST = 1_000
LARGEST_TAG = 4_000_000  # bytes of one tag or comment, which the parser holds as a whole
MOST_AMPLIFIED = 2.0

XML = "http://www.w3.org/XML/1998/namespace"

_AT_THE_END = {3, 5, 6, 20}  # expat: no element, unclosed token, partial character, unclosed CDATA section
_LIMITS = {
    "SetBillionLaughsAttackProtectionActivationThreshold": 1 << 20,
    "SetBillionLaughsAttackProtectionMaximumAmplification": MOST_AMPLIFIED,
}  # Python offers them from 3.15 on


class XMLError(ValueError):
    """Why XML is not read on."""


class BrokenXML(XMLError):
    """It is no sound XML from `line` and `column` (both from 1) on. `is_cut`: it ends too early."""

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
    """Tells `target` what text of xml_text.py holds: start(name, attributes), data(text), end(name), mended().

    Names are written "{namespace}name". `mended` is told before the data, or after the start, that had bytes which
    were no UTF-8. `doctypes`: public identifiers that are passed over. `spaces`: namespaces by the prefixes that are
    theirs everywhere, for files that forget to declare them; a prefix that nobody declared is taken for a namespace of
    that name. Raises XMLError, and what the target raises.
    """

    def __init__(self, target, deepest=DEEPEST, doctypes=(), spaces=None):
        self.target, self.deepest, self.doctypes = target, deepest, doctypes
        self.depth, self.fed, self.has_marks = 0, 0, False
        self.spaces, self.outer = {"xml": XML, **(spaces or {})}, []  # by prefix; (depth, those outside of an element)
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
        """The attributes with their namespaces, but for those that declare namespaces."""
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
        """As the file writes it ("prefix:name"), made "{namespace}name"."""
        prefix, _colon, local = name.rpartition(":")
        space = self.spaces.get(prefix, prefix)
        return f"{{{space}}}{local}" if space else name

    def _doctype(self, _name, _system_id, public_id, has_subset):
        if has_subset or public_id not in self.doctypes:
            raise DoctypeRefused

    def _entity(self, *_told):
        raise DoctypeRefused


def _unmark(attributes):
    """Whether one of them had to be mended."""
    found = {name: xml_text.unmarked(value) for name, value in attributes.items()}
    attributes.update({name: value for name, (value, _is_mended) in found.items()})
    return any(is_mended for _value, is_mended in found.values())
