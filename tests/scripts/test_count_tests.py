# SPDX-License-Identifier: Apache-2.0
"""The closing line of ./test counts what really ran."""

import os
import pathlib
import subprocess
from xml.sax.saxutils import escape

import pytest

CLONE = pathlib.Path(os.environ["SOUNDLAKE_CLONE"])


def count(folder, *entries):
    cases = "".join(f'<testcase name="t" status="{status}"><system-out>{escape(output)}</system-out></testcase>'
                    for status, output in entries)
    report = folder / "report.xml"
    report.write_text(f"<testsuite>{cases}</testsuite>", encoding="utf-8")
    done = subprocess.run([CLONE / "scripts/count-tests", report], capture_output=True, text=True)
    return done.stdout.strip(), done.returncode


GOOGLETEST_GREEN = "Running main()\n[==========] 12 tests from 3 test suites ran.\n[  PASSED  ] 12 tests.\n"
GOOGLETEST_RED = ("[==========] 12 tests ran.\n[  PASSED  ] 10 tests.\n[  SKIPPED ] 1 test, listed below:\n"
                  "[  SKIPPED ] A.b\n[  FAILED  ] 1 test, listed below:\n[  FAILED  ] A.c\n\n 1 FAILED TEST\n")


@pytest.mark.parametrize("entries, closing, code", [
    ([("run", GOOGLETEST_GREEN)], "12 passed, 0 failed", 0),
    ([("fail", GOOGLETEST_RED)], "10 passed, 1 failed, 1 skipped", 1),
    ([("run", "....\n4 passed in 0.12s\n")], "4 passed, 0 failed", 0),
    ([("fail", "== 1 failed, 3 passed, 2 skipped in 61.20s (0:01:01) ==\n")], "3 passed, 1 failed, 2 skipped", 1),
    ([("fail", "1 error in 0.10s\n")], "0 passed, 1 failed", 1),
    ([("run", "clang-tidy: 9 files in 80 s\n"), ("run", GOOGLETEST_GREEN)], "13 passed, 0 failed", 0),
])
def test_programs_count_with_each_of_their_tests(tmp_path, entries, closing, code):
    assert count(tmp_path, *entries) == (closing, code)


@pytest.mark.parametrize("status, output", [
    ("fail", "==1==ERROR: AddressSanitizer: heap-use-after-free\n"),
    ("fail", GOOGLETEST_GREEN + "==1==ERROR: LeakSanitizer: detected memory leaks\n"),
    ("notrun", "Unable to find executable\n"),
])
def test_an_entry_that_fails_without_a_failed_test_counts_as_one(tmp_path, status, output):
    closing, code = count(tmp_path, (status, output), ("run", "ok\n"))
    assert "1 failed" in closing
    assert code == 1


def test_no_test_at_all_is_no_success(tmp_path):
    assert count(tmp_path) == ("0 passed, 0 failed", 1)
