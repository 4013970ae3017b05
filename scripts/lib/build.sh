# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Arrow, configuring and building in the clone at $root.
root=${root:?}

# Two of these at once in one clone wait for each other; the lock ends with the script or with unlock_build.
lock_build() {
  mkdir -p "$root/build/logs" 2>/dev/null || true
  if ! [ -w "$root/build" ] || ! [ -w "$root/build/logs" ]; then
    fail "cannot write to $root/build" "it belongs to another user (an earlier run as root?): remove that folder, or run as its owner"
  fi
  command -v flock >/dev/null || return 0
  exec 9>"$root/build/.lock"
  flock -n 9 && return 0
  say build "another run is building here; waiting for it"
  flock 9
}
unlock_build() { exec 9>&-; }

get_arrow() {
  local dir=$root/build/deps/arrow-25.0.1
  if [ -f "$dir/lib/libparquet.so.2500" ]; then return 0; fi
  if pkg-config --atleast-version=25.0.1 arrow parquet 2>/dev/null; then return 0; fi
  say arrow "fetching Arrow 25.0.1 for Parquet (50 MB, checked by SHA-256) into build/deps"
  "$root/scripts/fetch-arrow" "$dir" || exit 1
}

# One compiler for each core, and for each GiB of free memory: the files that include Parquet want half of one.
jobs_for_this_machine() {
  local cores free
  cores=$(nproc)
  free=$(awk '/^MemAvailable:/ { print int($2 / 1048576) }' /proc/meminfo 2>/dev/null)
  free=${free:-$cores}
  if [ "$free" -lt 1 ]; then free=1; fi
  if [ "$free" -lt "$cores" ]; then echo "$free"; else echo "$cores"; fi
}

# configure PRESET: only when it was not done for this clone and these presets.
configure() {
  local preset=$1 tree=$root/build/$1
  if [ -f "$tree/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$tree/CMakeCache.txt"; then
    say build "the clone has moved; starting build/$preset anew"
    rm -rf "$tree"
  fi
  if [ -f "$tree/build.ninja" ] && [ "$tree/build.ninja" -nt "$root/CMakePresets.json" ]; then return 0; fi
  (cd "$root" && logged "build/logs/configure-$preset.log" cmake --preset "$preset") ||
    fail "cmake could not configure build/$preset" "the lines above name what is missing; docs/build.md lists the packages"
}

# Ninja's own line on a terminal; elsewhere a line for each quarter, so that no long wait is silent.
show_progress() {
  awk '
    match($0, /^\[[0-9]+\/[0-9]+\]/) {
      split(substr($0, 2, RLENGTH - 2), n, "/")
      quarter = int(4 * n[1] / n[2])
      if (n[2] >= 20 && quarter > last) { printf "  build     %d of %d steps\n", n[1], n[2]; fflush() }
      if (quarter > last) last = quarter
      next
    }
    /^ninja: (no work to do|Entering)/ { next }
    { print; fflush() }' >&2
}

# build PRESET [TARGET…]
build() {
  local preset=$1 jobs
  shift
  configure "$preset"
  jobs=$(jobs_for_this_machine)
  # A home that cannot be written to, as services have, must not stop ccache.
  if [ -z "${CCACHE_DIR-}" ] && ! [ -w "${HOME:-/nonexistent}" ]; then export CCACHE_DIR=$root/build/ccache; fi
  if [ "$(ninja -C "$root/build/$preset" -n "$@" | tail -n 1)" = 'ninja: no work to do.' ]; then return 0; fi
  say build "compiling build/$preset on $jobs cores (the first time takes minutes)"
  local status=0
  if [ -t 2 ]; then
    ninja -C "$root/build/$preset" -j "$jobs" "$@" </dev/null >&2 || status=$?
  else
    ninja -C "$root/build/$preset" -j "$jobs" "$@" </dev/null 2>&1 | show_progress || status=$?
  fi
  [ "$status" -eq 0 ] || fail "build/$preset does not compile" "the lines above say where; docs/build.md names the compilers it is tried with"
}
