# SPDX-License-Identifier: Apache-2.0
"""soundlake serve: its owner gets the same answers as `soundlake stats --json`, everybody else nothing."""

import json
import pathlib
import socket
import urllib.parse

import pytest

from conftest import Machine
from dashboard import Dashboard


@pytest.fixture(scope="module")
def listener(tmp_path_factory):
    """The simulated listener's lake, which no test of this file writes to."""
    folder = tmp_path_factory.mktemp("listener")
    (folder / "home").mkdir()
    machine = Machine(folder)
    done = machine.run("demo", "--artists", "30", "--plays", "4000", "--lake", machine.lake)
    assert done.code == 0, done.err
    if not machine.lake.exists():
        machine.lake = folder / "demo-lake"
        machine.environment["SOUNDLAKE_LAKE"] = str(machine.lake)
    return machine


@pytest.fixture
def serve(listener):
    started = []

    def start(*words, machine=listener):
        started.append(Dashboard(machine, *words))
        return started[-1]

    yield start
    for dashboard in started:
        if dashboard.process.poll() is None:
            dashboard.stop()


QUESTIONS = [("totals", {}), ("top-artists", {"year": "2026", "limit": "7"}), ("series", {"step": "week", "last": "6m"}),
             ("week-hours", {"rule": "all"}), ("change", {"from": "2026-01-01", "to": "2026-03-31"}),
             ("popularity", {"term": "medium"}), ("tempo", {"pop": "20-80"}), ("releases", {}), ("genres", {}),
             ("shares", {"field": "platform"}), ("streaks", {}), ("coverage", {}), ("gaps", {})]


@pytest.mark.parametrize("name,question", QUESTIONS, ids=[name for name, _ in QUESTIONS])
def test_the_api_answers_as_the_terminal(listener, serve, name, question):
    words = [word for key, value in question.items() for word in (f"--{key}", value)]
    told = listener.run("stats", name, "--json", *words).report
    assert serve().json(f"/api/v1/stats/{name}?{urllib.parse.urlencode(question)}") == told


@pytest.mark.parametrize("page", ["overview", "listening", "top-artists", "top-albums", "top-tracks", "top-genres", "top-shows", "trends", "habits",
                                  "podcasts", "data"])
def test_every_view_of_a_page_answers_as_the_terminal(listener, serve, page):
    told = serve().json(f"/api/v1/pages/{page}")
    assert told["simulated"] is True and told["today"] == "2026-11-20" and told["views"]
    for view in told["views"].values():
        words = [f"{key}={value}" for key, value in urllib.parse.parse_qsl(view["query"])]
        assert view["answer"] == listener.run("stats", view["answer"]["statistic"], "--json", *words).report


def test_strangers_get_nothing(serve):
    dashboard = serve()
    for target in ("/", "/listening", "/theme.js", "/api/v1/stats/totals", "/api/v1/pages/overview"):
        answer, content = dashboard.raw(target)
        assert answer.status == 401, target
        assert b"plays" not in content
    assert dashboard.raw("/?token=guessed")[0].status == 401
    assert dashboard.raw("/api/v1/health")[0].status == 200


def test_other_sites_are_refused_even_with_the_cookie(serve):
    dashboard = serve()
    assert dashboard.get("/api/v1/stats/totals", Host="evil.example")[0].status == 403
    assert dashboard.get("/api/v1/stats/totals", Host=f"evil.example:{dashboard.port}")[0].status == 403
    assert dashboard.get("/api/v1/stats/totals", Origin="https://evil.example")[0].status == 403
    assert dashboard.get("/api/v1/stats/totals", Origin="null")[0].status == 403
    answer, _ = dashboard.get("/api/v1/stats/totals", Origin=dashboard.root)
    assert answer.status == 200 and "Access-Control-Allow-Origin" not in answer.headers


def test_a_reverse_proxy_is_admitted_by_name(serve):
    assert serve("--allow-host", "music.example").get("/api/v1/stats/totals", Host="music.example")[0].status == 200


def test_an_address_lets_one_browser_in(serve):
    dashboard = serve()
    dashboard.enter()
    answer, content = dashboard.raw(dashboard.entrance)
    assert answer.status == 401 and "Set-Cookie" not in answer.headers
    code, out, err = dashboard.stop()
    assert code == 0
    assert f"For another browser: {dashboard.root}/?token=" in err


def test_the_cookie_is_for_this_site_and_no_script(serve):
    answer, _ = serve().raw(serve().entrance)
    assert answer.status == 401  # another server's token
    dashboard = serve()
    answer, _ = dashboard.raw(dashboard.entrance + "&year=2025")
    assert "HttpOnly" in answer.headers["Set-Cookie"] and "SameSite=Strict" in answer.headers["Set-Cookie"]
    assert answer.headers["Location"] == "/?year=2025"


def test_an_unchanged_answer_costs_a_304(serve):
    dashboard = serve()
    answer, content = dashboard.get("/api/v1/pages/overview", **{"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip" and json.loads(content)["page"] == "overview"
    again, content = dashboard.get("/api/v1/pages/overview", **{"If-None-Match": answer.headers["ETag"]})
    assert again.status == 304 and content == b""
    other, _ = dashboard.get("/api/v1/pages/overview?pop=10-90", **{"If-None-Match": answer.headers["ETag"]})
    assert other.status == 200


def test_nothing_outside_the_page_is_opened(serve):
    dashboard = serve()
    for target in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2fetc%2fpasswd", "/etc/passwd",
                   "//etc/passwd", "/assets/%00"):
        answer, content = dashboard.get(target)
        assert answer.status in (400, 404), target
        assert b"root:" not in content


def test_bad_questions_are_told_as_problems_and_the_server_lives(serve):
    dashboard = serve()
    for target in ("stats/nothing", "stats/totals?year=99999999999999999999", "stats/totals?from=2026-02-01&to=2026-01-01",
                   "stats/top-artists?limit=-1", "stats/totals?artist=%F0%9F%8E%BB", "stats/totals?%ff=%fe", "pages/overview?pop=9-1",
                   "stats/series?step=day&from=0001-01-01&to=9999-12-31"):
        answer, content = dashboard.get(f"/api/v1/{target}")
        assert answer.status == 400, (target, content)
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert json.loads(content)["detail"]
    assert dashboard.get("/api/v1/stats/totals?x=" + "y" * 40_000)[0].status == 431
    assert dashboard.get("/api/v1/nothing")[0].status == 404
    posted, _ = dashboard.raw("/api/v1/stats/totals", "POST", {"Cookie": dashboard.cookie}, b"x")
    assert posted.status == 405
    assert dashboard.get("/api/v1/stats/totals")[0].status == 200


def test_shapes_of_request_smuggling_are_one_request_at_most(serve):
    dashboard = serve()
    inner = b"GET /api/v1/stats/totals HTTP/1.1\r\nHost: evil.example\r\n\r\n"
    for head in (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"Content-Length: 3\r\nContent-Length: 60\r\n",
                 b"Transfer-Encoding: chunked, identity\r\n", b"Content-Length: -1\r\n"):
        with socket.create_connection(("127.0.0.1", dashboard.port), timeout=60) as peer:
            peer.sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n0\r\n\r\n%s" % (dashboard.port, head, inner))
            peer.shutdown(socket.SHUT_WR)
            said = b""
            while part := peer.recv(65536):
                said += part
        assert b'"plays"' not in said and b"HTTP/1.1 200" not in said[20:], (head, said)
    assert dashboard.raw("/api/v1/health")[0].status == 200


def test_a_taken_port_is_told_with_the_next_step(listener, serve):
    done = listener.run("serve", "--port", serve().port)
    assert done.code == 1
    assert "is taken" in done.err and "choose another port" in done.err


def test_a_missing_lake_is_told(machine):
    done = machine.run("serve", "--port", "0", "--json")
    assert done.code == 1
    assert done.report["problems"][0]["hint"]


def test_new_plays_show_without_a_restart(machine, tmp_path, serve):
    rows = [{"ts": f"2025-03-0{day}T10:00:00Z", "ms_played": 200_000, "master_metadata_track_name": "T", "master_metadata_album_artist_name":
             "<script>alert(1)</script>", "master_metadata_album_album_name": "L", "spotify_track_uri": f"spotify:track:{day:022d}", "reason_start": "trackdone",
             "reason_end": "trackdone", "shuffle": False, "offline": False, "incognito_mode": False, "platform": "linux", "conn_country": "DE"}
            for day in range(1, 9)]
    export = pathlib.Path(tmp_path / "Streaming_History_Audio_2025_0.json")
    export.write_text(json.dumps(rows[:3]))
    assert machine.run("import", export).code == 0
    dashboard = serve(machine=machine)
    before, _ = dashboard.get("/api/v1/stats/totals")
    assert dashboard.json("/api/v1/stats/totals")["rows"][0]["plays"] == 3
    export.write_text(json.dumps(rows))
    assert machine.run("import", export).code == 0
    # The server looks once a second; asking is what this test has instead of a clock.
    while dashboard.get("/api/v1/stats/totals", **{"If-None-Match": before.headers["ETag"]})[0].status == 304:
        assert dashboard.process.poll() is None
    assert dashboard.json("/api/v1/stats/totals")["rows"][0]["plays"] == 8
