# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Everything the scripts say goes to stderr: stdout belongs to the program they start.

# say TOPIC WORDS…: one short line.
say() {
  local topic=$1
  shift
  printf '  %-9s %s\n' "$topic" "$*" >&2
}

# fail WHAT NEXT: what went wrong and what to do about it; ends the script.
fail() {
  printf 'soundlake: error: %s\n  hint: %s\n' "$1" "$2" >&2
  exit 1
}

# logged LOG COMMAND…: runs it with its output in the log, and shows the log's end when it fails.
logged() {
  local log=$1
  shift
  "$@" </dev/null >"$log" 2>&1 && return 0
  printf '  --- the last lines of %s\n' "$log" >&2
  tail -n 15 "$log" >&2
  return 1
}
