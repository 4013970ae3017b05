# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The system's packages, for apt. Each line is what is wanted, then why. Where distributions differ, alternatives stand
# with a bar between them and the version that is needed behind >=: the first one that is new enough is taken.

packages_to_build() {
  cat <<'EOT'
g++                                     the compiler (C++20)
cmake>=3.25                             the build
ninja-build                             the build
pkgconf|pkg-config                      finds libraries
ccache                                  makes a second build quick
python3                                 unpacks Arrow
python3-venv                            its pip fetches Arrow
ca-certificates                         HTTPS
tzdata                                  time zones
libboost-dev>=1.81|libboost1.81-dev     Beast, the loopback HTTP server
libcctz-dev                             time zones
libcli11-dev                            command line
libcurl4-openssl-dev|libcurl4-gnutls-dev  HTTP
libfmt-dev                              text
libspdlog-dev                           log
libsimdjson-dev                         reads JSON
nlohmann-json3-dev                      writes JSON
libsqlite3-dev                          state.db
libpugixml-dev                          reads S3's answers
libssl-dev                              hashes
libtomlplusplus-dev                     config.toml
libutf8proc-dev                         compares names
libzip-dev                              unpacks exports
libzstd-dev                             packs raw payloads
zlib1g-dev                              gzip, and packs the simulated export
EOT
}

packages_to_test() {
  cat <<'EOT'
libgtest-dev                            unit tests
libgmock-dev                            unit tests
libbenchmark-dev                        benchmarks
clang-tidy-19|clang-tidy                checks C++
shellcheck                              checks scripts
chromium|chromium-browser               looks at the dashboard
libxml2-utils                           holds the workbook to Tableau's schema
unzip                                   opens the workbook for that
EOT
}

# Reads lines as above; prints, one each line, the alternatives of those that are not installed.
missing_packages() {
  local installed wanted choice name least have
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package} ${Version}\n' 2>/dev/null |
    sed -n 's/^installed //p')
  while read -r wanted _; do
    while read -r choice; do
      name=${choice%%>=*}
      least=${choice#"$name"}
      least=${least#>=}
      have=$(awk -v name="$name" '$1 == name { print $2; exit }' <<<"$installed")
      if [ -n "$have" ] && { [ -z "$least" ] || dpkg --compare-versions "$have" ge "$least"; }; then continue 2; fi
    done < <(tr '|' '\n' <<<"$wanted")
    printf '%s\n' "$wanted"
  done
}

# Reads alternatives; prints the names apt should install, by the lists of `apt-get update`. Where those know none of
# them, it is the first that may have any version.
chosen_packages() {
  local wanted choice name least offered unsure
  while read -r wanted; do
    unsure=
    while read -r choice; do
      name=${choice%%>=*}
      least=${choice#"$name"}
      least=${least#>=}
      if [ "$choice" = "$wanted" ]; then
        printf '%s\n' "$name"
        continue 2
      fi
      if [ -z "$least" ]; then unsure=${unsure:-$name}; fi
      offered=$(apt-cache policy "$name" 2>/dev/null | sed -n 's/^  Candidate: //p')
      if [ -z "$offered" ] || [ "$offered" = '(none)' ]; then continue; fi
      if [ -z "$least" ] || dpkg --compare-versions "$offered" ge "$least"; then
        printf '%s\n' "$name"
        continue 2
      fi
    done < <(tr '|' '\n' <<<"$wanted")
    printf '%s\n' "${unsure:-${wanted%%[>|]*}}"
  done
}

# apt COMMAND…: apt-get as root, or through sudo that asks nothing. sudo drops the environment, so a proxy goes along.
apt() {
  local variables=(DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1) name
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
    if [ -n "${!name-}" ]; then variables+=("$name=${!name}"); fi
  done
  local command=(env "${variables[@]}" apt-get -q -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 "$@")
  if [ "$(id -u)" -eq 0 ]; then "${command[@]}"; else sudo -n "${command[@]}"; fi
}

may_install() {
  [ "$(id -u)" -eq 0 ] || sudo -n true </dev/null >/dev/null 2>&1
}

# install_packages LOGS LIST…: what the named lists want and the system lacks.
install_packages() {
  local logs=$1 missing names
  shift
  local lists
  lists=$(for list in "$@"; do "$list"; done)

  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say packages "this system has no apt; soundlake needs, under the names of Debian:"
    say '' "$(awk '{ print $1 }' <<<"$lists" | tr '\n' ' ')"
    say '' "going on in the hope that they are here"
    if ! command -v cmake >/dev/null || ! command -v ninja >/dev/null; then
      fail "cmake or ninja is missing" "install the packages above, then run this again"
    fi
    return 0
  fi

  missing=$(missing_packages <<<"$lists")
  [ -n "$missing" ] || return 0

  if ! may_install; then
    names=$(chosen_packages <<<"$missing" | tr '\n' ' ')
    fail "$(wc -l <<<"$missing") packages are missing, and this user may not install any" \
      "ask somebody who may: apt-get update && apt-get install -y --no-install-recommends ${names% }"
  fi
  say packages "asking for the current lists (apt-get update)"
  logged "$logs/apt-update.log" apt update ||
    fail "apt-get update failed" "check the network or the proxy, then run this again; docs/build.md has the names to install by hand"
  names=$(chosen_packages <<<"$missing" | tr '\n' ' ')
  say packages "installing what soundlake is built with: ${names% }"
  # shellcheck disable=SC2086  # names of packages, one word each
  logged "$logs/apt-install.log" apt install -y --no-install-recommends --no-remove $names ||
    fail "apt-get install failed" \
      "read the lines above; when it would have to remove a package (an older libboost-dev, say), decide that yourself: apt-get install ${names% }"
}
