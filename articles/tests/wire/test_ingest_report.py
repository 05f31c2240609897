"""What a foreign file says in a report and at a terminal is words, whatever it holds."""

from ..wire_cases import IngestTestCase, told


class ReportTest(IngestTestCase):
    def test_no_cell_is_a_formula_and_no_sign_steers_a_terminal(self):
        hostile = told() | {"uri": '=HYPERLINK("http://evil.example")', "edNote": "Catatan."}
        event = {"uri": "urn:x:1", "type": "event\x1b[2J\x9b\t=1+1\n", "name": "\x1b]0;x\x07"}
        self.ingest(self.file(hostile, event))
        for line in self.report().splitlines():
            self.assertEqual(line.count("\t"), 4, line)
            self.assertFalse([cell for cell in line.split("\t") if cell[:1] in tuple("=+-@")], line)
        self.assertIn("\t'=HYPERLINK", self.report())
        for text in (self.report(), self.said):
            self.assertFalse(set(text) & set("\x1b\x9b\x07"), text)
