"""A large file is read in a second process. Nothing of it is lost, whichever of the two processes ends.

Each test copies a process of its own, because that of the tests may have threads.
"""

import signal
import subprocess
import sys
import textwrap

import pytest
from django.conf import settings

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Only Linux copies a process safely.")

PROGRAM = """
import multiprocessing, os, signal
from articles.wire.streams import second_process
from articles.wire.streams.second_process import in_second_process

def values(count, end=None):
    yield from range(count)
    if end:
        end()

def breaks():
    raise ValueError("The file is broken.")

def is_killed():
    os.kill(os.getpid(), signal.SIGKILL)

def found(wanted):
    values = []
    try:
        values.extend(wanted)
    except Exception as error:
        return values, type(error).__name__
    return values, None
"""


def run(program):
    """(what it prints, how it ends), when it and all its copies have ended."""
    command = [sys.executable, "-W", "error", "-c", PROGRAM + textwrap.dedent(program)]
    process = subprocess.Popen(command, cwd=settings.ROOT, stdout=subprocess.PIPE, text=True)
    said, _nothing = process.communicate(timeout=60)
    return said.strip(), process.returncode


def test_all_values_come_in_order():
    program = "print([n for n in (0, 1, 9, 10, 11, 100) if list(in_second_process(values(n), 10)) != list(range(n))])"
    assert run(program) == ("[]", 0)


def test_they_are_made_by_another_process():
    program = "print(next(in_second_process((os.getpid() for _ in range(1)), 10)) != os.getpid())"
    assert run(program) == ("True", 0)


def test_an_error_comes_after_the_values_before_it():
    program = "print(found(in_second_process(values(25, breaks), 10)) == (list(range(25)), 'ValueError'))"
    assert run(program) == ("True", 0)


def test_a_killed_second_process_is_no_end_of_the_file():
    program = "print(found(in_second_process(values(25, is_killed), 10)) == (list(range(20)), 'Lost'))"
    assert run(program) == ("True", 0)


def test_it_ends_when_nobody_wants_more():
    program = """
        wanted = in_second_process(values(1_000_000), 10)
        print(next(wanted))
        wanted.close()
        print(multiprocessing.active_children())
    """
    assert run(program) == ("0\n[]", 0)


def test_it_ends_when_the_first_process_is_killed():
    program = """
        wanted = in_second_process(values(1_000_000), 10_000)
        next(wanted)
        is_killed()
    """
    assert run(program) == ("", -signal.SIGKILL)
