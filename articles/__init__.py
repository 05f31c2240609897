"""The newsroom. A story's route through this package:

desk           admin/                  it is written, in lists and forms that keep the rules of desk/
publishing     publishing/             the moves that a person makes with it
models         models/                 what is kept
views          views/ and templates/   the pages a reader opens
"""
