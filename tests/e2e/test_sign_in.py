# SPDX-License-Identifier: Apache-2.0
"""Signing in as a person does: through the redirect or by pasting it, and what ends a sign-in."""

import re
import socket
import urllib.error
import urllib.parse
import urllib.request

import pytest


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def authorize(url):
    """Presses "Agree" on the simulated page: the address Spotify sends the browser to."""
    try:
        urllib.request.build_opener(NoRedirect).open(url, timeout=20)
    except urllib.error.HTTPError as answer:
        return answer.headers["Location"]
    raise AssertionError("no redirect")


def begin(machine, sim, *words, port):
    machine.connect(sim)
    del machine.environment["SPOTIFY_REFRESH_TOKEN"]
    child = machine.start("login", "--no-browser", *words, SPOTIFY_REDIRECT_URI=f"http://127.0.0.1:{port}/callback")
    said = ""
    for line in child.stderr:
        said += line
        found = re.search(r"http://127\.0\.0\.1:\d+/authorize\?\S+", line)
        if found:
            return child, found.group(0)
    raise AssertionError(f"no address was printed: {said}")


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_callback_signs_in_and_the_account_is_extracted(machine, start_sim, free_port):
    sim = start_sim()
    child, url = begin(machine, sim, port=free_port)
    asked = urllib.parse.parse_qs(urllib.parse.urlparse(url).query)
    assert asked["code_challenge_method"] == ["S256"] and len(asked["state"][0]) >= 22
    assert asked["scope"] == ["user-top-read user-read-recently-played"]
    with urllib.request.urlopen(authorize(url), timeout=20) as page:
        assert page.status == 200 and "http://" not in page.read().decode().replace("http://www.w3.org", "")
    out, _ = child.communicate(timeout=60)
    assert child.returncode == 0 and "Signed in" in out
    # Neither client id nor token is set from here on: the sign-in holds both.
    del machine.environment["SPOTIFY_CLIENT_ID"]
    assert machine.run("run", "--json").code == 0


def test_a_pasted_redirect_signs_in_also_when_the_port_is_taken(machine, start_sim):
    sim = start_sim()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        child, url = begin(machine, sim, port=taken.getsockname()[1])
        out, err = child.communicate(authorize(url) + "\n", timeout=60)
    assert child.returncode == 0, err
    assert "Signed in" in out


def test_a_redirect_of_another_sign_in_is_refused_and_its_code_never_used(machine, start_sim, free_port):
    sim = start_sim()
    child, url = begin(machine, sim, port=free_port)
    real = authorize(url)
    forged = re.sub(r"state=[^&]+", "state=somebody-elses", real)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(forged, timeout=20)
    assert refused.value.code == 400
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"http://127.0.0.1:{free_port}/favicon.ico", timeout=20)
    assert not [r for r in sim.requests() if r["path"] == "/api/token"]
    urllib.request.urlopen(real, timeout=20).close()
    child.communicate(timeout=60)
    assert child.returncode == 0


def test_saying_no_ends_with_exit_4(machine, start_sim, free_port):
    sim = start_sim()
    sim.control("options", {"deny": True})
    child, url = begin(machine, sim, port=free_port)
    try:
        urllib.request.urlopen(authorize(url), timeout=20).close()
    except urllib.error.HTTPError:
        pass
    _, err = child.communicate(timeout=60)
    assert child.returncode == 4 and "hint:" in err


def test_no_token_is_ever_shown_or_put_into_the_lake(machine, start_sim):
    sim = start_sim()
    machine.connect(sim)
    token = sim.environment["SPOTIFY_REFRESH_TOKEN"]
    done = machine.run("run", "--verbose")
    doctor = machine.run("doctor", "--verbose")
    for text in (done.out, done.err, doctor.out, doctor.err):
        assert token not in text and "Bearer" not in text
    for name, content in machine.files().items():
        assert token.encode() not in content, name


def test_a_revoked_sign_in_is_exit_4_and_the_lake_is_as_before(machine, start_sim):
    sim = start_sim()
    machine.connect(sim)
    assert machine.run("run").code == 0
    before = machine.files()
    sim.control("options", {"revoke": True})
    sim.control("clock", {"advance_s": 7200})
    done = machine.run("run", SOUNDLAKE_NOW="2026-11-20T14:00:00Z")
    assert done.code == 4
    assert "soundlake login" in done.err
    assert machine.files() == before


def test_a_failing_sign_in_service_is_a_wait_and_no_sign_out(machine, start_sim):
    sim = start_sim()
    machine.connect(sim)
    assert machine.run("extract").code == 0
    sim.control("faults", {"kind": "status", "status": 503, "path": "/api/token", "times": 1})
    sim.control("clock", {"advance_s": 7200})
    done = machine.run("extract", SOUNDLAKE_NOW="2026-11-20T14:00:00Z")
    assert done.code in (0, 1), done.err
    assert machine.run("extract", SOUNDLAKE_NOW="2026-11-20T14:01:00Z").code == 0


def test_logout_forgets_the_tokens_and_keeps_the_lake(machine, start_sim):
    sim = start_sim()
    machine.connect(sim)
    assert machine.run("run").code == 0
    before = machine.files()
    del machine.environment["SPOTIFY_REFRESH_TOKEN"]
    assert machine.run("logout").code == 0
    assert machine.files() == before
    assert machine.run("run").code == 4
