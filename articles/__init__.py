"""The newsroom. A story's route through this package:

wire or desk   wire/, admin/           it arrives, or is written
publishing     publishing.py           the moves that a person makes with it
models         models/                 what is kept
views          views/ and templates/   the pages a reader opens
delivery       delivery/               a page is printed once, and read by all
"""
