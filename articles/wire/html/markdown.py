"""Ghost's Markdown → HTML: mostly CommonMark, with tables, footnotes and kept line breaks. Pure.

Any text gives HTML, in linear time. HTML in the text is not changed, because convert.py cleans the result.
"""

import html
import re

DEEPEST = 6  # lists and quotations within each other

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]++(.*)")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)\Z")
_UNDERLINE = re.compile(r" {0,3}(=++|-{2,}+)[ \t]*+\Z")
_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r"( {0,3})([-*+]|\d{1,9}[.)])(?:[ \t]{1,4}|\Z)")
_RAW = re.compile(
    r" {0,3}<(?:!|/?(?:address|article|aside|audio|blockquote|center|details|div|dl|fieldset|figure|footer|form|h[1-6]"
    r"|header|hr|iframe|main|nav|ol|p|pre|script|section|style|table|ul|video)(?=[\s/>]|\Z))",
    re.I,
)
_CELLS = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*+\Z")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,40})\]:[ \t]*+(.*)")
_TARGET = re.compile(r" {0,3}\[([^\]^][^\]]{0,200})\]:[ \t]*+<?([^\s<>]++)>?")

_TITLE = r"(?:[ \t]++(?:\"[^\"\n]{0,300}+\"|'[^'\n]{0,300}+'))?"
_TO = rf"\([ \t]*+<?([^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*+)>?{_TITLE}[ \t]*+\)"
_WHOLE = re.compile(  # no mark inside these counts
    r"\\([!-/:-@\[-`{-~])|(`++)(?!`)([^`\n]++)\2|<(https?://[^\s<>]++)>|(</?[a-zA-Z][^<>]*+>|<!--)"
    rf"|!\[([^\[\]]*+)\]{_TO}|\[\^([^\]\s]{{1,40}})\]"
)
_LINK = re.compile(rf"\[([^\[\]]*+)\](?:{_TO}|\[([^\[\]]*+)\])")
_BARE = re.compile(r"(?<![\w\"=/])https?://[^\s<>\"\x00]*[^\s<>\"\x00.,;:!?)'*_~]")
_MARKS = (
    (re.compile(r"\*\*\*(?=[^\s*])([^*]++)(?<=\S)\*\*\*"), r"<strong><em>\1</em></strong>"),
    (re.compile(r"(?<!\*)\*(?=[^\s*])([^*]++)(?<=\S)\*(?!\*)"), r"<em>\1</em>"),
    (re.compile(r"\*\*(?=[^\s*])([^*]++)(?<=\S)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(?<!\*)\*(?=[^\s*])([^*]++)(?<=\S)\*(?!\*)"), r"<em>\1</em>"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])([^_]++)(?<=\S)_(?![\w_])"), r"<em>\1</em>"),
    (re.compile(r"(?<![\w_])__(?=[^\s_])([^_]++)(?<=\S)__(?![\w_])"), r"<strong>\1</strong>"),
    (re.compile(r"~~(?=[^\s~])([^~]++)(?<=\S)~~"), r"<s>\1</s>"),
)
_HIDDEN = re.compile("\x00(\\d++)\x00")


def to_html(text):
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    return _Document(text.split("\n")).html()


class _Document:
    """`targets`: addresses of reference links; `notes`: footnotes. Both may be defined anywhere in the text."""

    def __init__(self, lines):
        self.targets, self.notes, self.lines = {}, {}, []
        is_code = False
        for line in lines:
            is_code ^= bool(_FENCE.match(line))
            if not is_code and (note := _NOTE.match(line)):
                self.notes.setdefault(note[1], note[2])
            elif not is_code and (target := _TARGET.match(line)):
                self.targets.setdefault(target[1].lower(), target[2])
            else:
                self.lines.append(line)
        self.numbers = {note: number for number, note in enumerate(self.notes, 1)}

    def html(self):
        notes = "".join(f"<li>{self.inline(note)}</li>" for note in self.notes.values())
        return self.blocks(self.lines, 0) + (f"<ol>{notes}</ol>" if notes else "")

    def blocks(self, lines, depth):
        parts, at = [], 0
        while at < len(lines):
            end, part = self.block(lines, at, depth)
            parts.append(part)
            at = end
        return "".join(parts)

    def block(self, lines, at, depth):
        """(start of the next block, HTML) of the block that begins at line `at`."""
        line = lines[at]
        if not line.strip():
            return at + 1, ""
        if fence := _FENCE.match(line):
            end = _first(lines, at + 1, lambda one: one.strip().startswith(fence[1]))
            return end + 1, f"<pre>{html.escape('\n'.join(lines[at + 1 : end]))}</pre>"
        if heading := _HEADING.match(line):
            level = len(heading[1])
            return at + 1, f"<h{level}>{self.inline(heading[2].rstrip('# '))}</h{level}>"
        if _RULE.match(line):
            return at + 1, "<hr>"
        if depth < DEEPEST and _QUOTE.match(line):
            end = _first(lines, at, lambda one: not _QUOTE.match(one))
            inner = self.blocks([_QUOTE.sub("", one, count=1) for one in lines[at:end]], depth + 1)
            return end, f"<blockquote>{inner}</blockquote>"
        if depth < DEEPEST and _ITEM.match(line):
            return self.list(lines, at, depth)
        if _RAW.match(line):
            end = _first(lines, at, lambda one: not one.strip())
            return end, "\n".join(lines[at:end])
        if "|" in line and at + 1 < len(lines) and "|" in lines[at + 1] and _CELLS.match(lines[at + 1]):
            end = _first(lines, at, lambda one: "|" not in one)
            return end, self.table([line, *lines[at + 2 : end]])
        return self.paragraph(lines, at)

    def paragraph(self, lines, at):
        end = at + 1
        while end < len(lines) and lines[end].strip() and not _begins_block(lines[end]):
            if underline := _UNDERLINE.match(lines[end]):
                level = 1 if underline[1][0] == "=" else 2
                return end + 1, f"<h{level}>{self.inline(' '.join(lines[at:end]))}</h{level}>"
            end += 1
        if end < len(lines) and (underline := _UNDERLINE.match(lines[end])):
            return end + 1, f"<h2>{self.inline(' '.join(lines[at:end]))}</h2>"
        return end, f"<p>{self.inline('\n'.join(line.strip() for line in lines[at:end])).replace('\n', '<br>')}</p>"

    def list(self, lines, at, depth):
        first = _ITEM.match(lines[at])
        kind = "ul" if first[2] in "-*+" else "ol"
        items, end = [], at
        while end < len(lines):
            line = lines[end]
            item = _ITEM.match(line)
            if item and not _RULE.match(line) and len(item[1]) <= len(first[1]) + 1:
                if (item[2] in "-*+") != (kind == "ul"):
                    break
                items.append([line[item.end() :]])
            elif line.startswith("  ") or (line.strip() and items[-1][-1].strip() and not _begins_block(line)):
                items[-1].append(line[min(_indent(line), first.end()) :])
            elif not line.strip() and _goes_on(lines, end + 1):
                items[-1].append("")
            else:
                break
            end += 1
        start = f' start="{int(first[2][:-1])}"' if kind == "ol" and first[2][:-1] not in ("0", "1") else ""
        inner = "".join(f"<li>{self.item(one, depth)}</li>" for one in items)
        return max(end, at + 1), f"<{kind}{start}>{inner}</{kind}>"

    def item(self, lines, depth):
        inner = self.blocks(lines, depth + 1)
        return inner.removeprefix("<p>").replace("</p>", "", 1) if inner.startswith("<p>") else inner

    def table(self, lines):
        rows = ([self.inline(cell.strip()) for cell in line.strip().strip("|").split("|")] for line in lines)
        return f"<table>{''.join(f'<tr>{"".join(f"<td>{cell}</td>" for cell in row)}</tr>' for row in rows)}</table>"

    def inline(self, text):
        stash = []

        def hide(markup):
            stash.append(markup)
            return f"\x00{len(stash) - 1}\x00"

        def link(match):
            address = match[2] if match[2] is not None else self.targets.get((match[3] or match[1]).lower())
            return f"{hide(_link(address))}{match[1]}{hide('</a>')}" if address else match[0]

        text = _WHOLE.sub(lambda match: hide(self.whole(match)), text).replace("<", "&lt;")
        text = _LINK.sub(link, text)
        text = _BARE.sub(lambda match: hide(f"{_link(match[0])}{match[0]}</a>"), text)
        for pattern, made in _MARKS:
            text = pattern.sub(made, text)
        return _HIDDEN.sub(lambda match: stash[int(match[1])], text)

    def whole(self, match):
        escaped, _ticks, code, address, tag, alt, source, note = match.groups()
        if escaped or code:
            return html.escape(escaped or code)
        if tag:
            return "&lt;!--" if tag == "<!--" else tag
        if address:
            return f"{_link(address)}{html.escape(address)}</a>"
        if note:
            return f"<sup>{self.numbers[note]}</sup>" if note in self.numbers else html.escape(match[0])
        return f'<img src="{html.escape(source)}" alt="{html.escape(alt)}">'


def _link(address):
    return f'<a href="{html.escape(address)}">'


def _indent(line):
    return len(line) - len(line.lstrip(" "))


def _goes_on(lines, at):
    """Whether a list goes on after an empty line."""
    return at < len(lines) and bool(lines[at].startswith("  ") or _ITEM.match(lines[at]))


def _begins_block(line):
    return any(pattern.match(line) for pattern in (_FENCE, _HEADING, _RULE, _QUOTE, _ITEM))


def _first(lines, start, is_it):
    """The number of the first line from `start` on that matches, or of the end."""
    return next((at for at in range(start, len(lines)) if is_it(lines[at])), len(lines))
