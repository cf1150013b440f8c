#!/usr/bin/env bash
# Sums the test reports of all modules: one line a skipped test with its reason, then the totals.
# Fails when there is no report, a test failed, or more are skipped than allowed.
#   test-totals.sh MOST-SKIPPED
set -euo pipefail
cd "$(dirname "$0")/../.."

mapfile -t reports < <(find . -path '*/target/*-reports/TEST-*.xml' -not -path './.git/*' | sort)
if [[ ${#reports[@]} -eq 0 ]]; then
  echo "tests: none ran" >&2
  exit 1
fi
# A record is one tag; the names of attributes are those of surefire's schema.
awk -v RS='<' -v most_skipped="$1" '
  function attribute(name) {
    if (!match($0, " " name "=\"[^\"]*\"")) return ""
    return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
  }
  function print_skipped(reason) {
    sub(/^.*Assumption failed: /, "", reason)
    sub(/^skipped: /, "", reason)
    print "skipped: " test ": " reason
  }
  /^testsuite / {
    tests += attribute("tests"); failures += attribute("failures")
    errors += attribute("errors"); skipped += attribute("skipped"); seconds += attribute("time")
  }
  /^testcase / { test = attribute("classname") "." attribute("name") }
  /^skipped/ { reason = attribute("message"); if (reason) print_skipped(reason); else open = 1 }
  # A failed assumption has its reason in the first line of the stack trace.
  /^!\[CDATA\[/ && open { split($0, lines, "\n"); print_skipped(lines[1]); open = 0 }
  /^(failure|error)[ >]/ { print "failed: " test }
  END {
    printf "tests: %d run, %d passed, %d failed, %d skipped (%.0f s of tests)\n", tests,
      tests - failures - errors - skipped, failures + errors, skipped, seconds
    if (skipped > most_skipped) print "more tests are skipped than the " most_skipped " of .ci/skipped"
    exit failures + errors > 0 || skipped > most_skipped
  }' "${reports[@]}"
