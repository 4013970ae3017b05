# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash

# test_counts LOG…: "PASSED FAILED SKIPPED" over the logs of ctest (Testing/Temporary/LastTest.log). An entry that is a
# GoogleTest or pytest program counts with each of its own tests, any other entry as one. An entry that failed without
# naming a failed test (it crashed, ran too long, or its own closing line is missing) is one failed test.
test_counts() {
  cat /dev/null "$@" | awk '
    function number_before(word,   i) {
      for (i = 2; i <= NF; i++) if ($i ~ "^" word) return $(i - 1) + 0
      return 0
    }
    /^[0-9]+\/[0-9]+ Testing: / { passed = failed = skipped = 0 }
    /^\[  PASSED  \] [0-9]+ test/ { passed += $4 }
    /^\[  FAILED  \] [0-9]+ test/ { failed += $4 }
    /^\[  SKIPPED \] [0-9]+ test/ { skipped += $4 }
    /^(=+ )?[0-9]+ (passed|failed|error|errors|skipped|xfailed)[, ].* in [0-9.]+s/ {
      passed += number_before("passed"); failed += number_before("failed") + number_before("error")
      skipped += number_before("skipped")
    }
    /^Test (Passed|Failed)\./ || /^Test time out/ || /^Test Timeout/ {
      if ($2 ~ /^Passed/) { if (passed + skipped == 0) passed = 1 }
      else if (failed == 0) failed = 1
      all_passed += passed; all_failed += failed; all_skipped += skipped
      passed = failed = skipped = 0
    }
    END { printf "%d %d %d\n", all_passed, all_failed, all_skipped }'
}
