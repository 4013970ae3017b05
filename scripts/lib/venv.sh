# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The Python environment of the tests, in build/venv, and the S3 server they start. $root is the clone.
root=${root:?}

make_venv() {
  local venv=$root/build/venv wanted=$root/tests/requirements.txt
  # The copy of the list is the last thing put there, so it says that everything before it went well. An environment
  # knows its own place by absolute paths; the python it names must still be this one.
  if cmp -s "$wanted" "$venv/requirements.txt" && "$venv/bin/pytest" --version >/dev/null 2>&1; then return 0; fi
  say python "installing pytest, DuckDB, clang-format and moto into build/venv"
  rm -rf "$venv"
  logged "$root/build/logs/venv.log" python3 -m venv "$venv" ||
    fail "python3 cannot make a virtual environment" "install python3-venv, then run this again"
  logged "$root/build/logs/pip.log" "$venv/bin/python3" -m pip install --disable-pip-version-check \
    --only-binary=:all: --no-deps --requirement "$wanted" ||
    fail "cannot install tests/requirements.txt" "check the network or the proxy (HTTPS_PROXY, PIP_INDEX_URL, PIP_CERT), then run this again"
  cp "$wanted" "$venv/requirements.txt"
}

# The S3 server of the tests, in build/deps; the other one, moto, is in build/venv.
get_versitygw() {
  local dir=$root/build/deps/versitygw-1.8.0
  if [ -x "$dir/versitygw" ]; then return 0; fi
  say versitygw "building the S3 server of the tests into build/deps (minutes, once)"
  "$root/scripts/fetch-versitygw" "$dir" || exit 1
}
