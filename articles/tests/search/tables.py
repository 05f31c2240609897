"""Rows of the tables beside this file, without their comments."""

import pathlib

_HERE = pathlib.Path(__file__).parent


def rows(name):
    lines = (_HERE / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]
