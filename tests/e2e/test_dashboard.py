# SPDX-License-Identifier: Apache-2.0
"""The dashboard's page in Chromium: quiet, within itself, as wide as the window, and the same numbers as the terminal.

SOUNDLAKE_SCREENSHOTS=FOLDER keeps a picture of every page in both themes and all widths, to be looked at.
"""

import csv
import io
import json
import os
import pathlib
import shutil
import urllib.parse

import pytest
from playwright.sync_api import sync_playwright

from conftest import Machine
from dashboard import Dashboard

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PICTURES = os.environ.get("SOUNDLAKE_SCREENSHOTS")
KINDS = ["artists", "albums", "tracks", "genres"]
# The view on the page and the view of the page's data.
VIEWS = {
    "overview": {"popularity": "popularity", "tempo": "tempo", "releases": "releases", "genres": "genres"},
    "listening": {"months": "months", "calendar": "days", "hours": "hours", "artists": "artists", "albums": "albums", "tracks": "tracks"},
    **{f"top-{kind}": {"list": "list"} for kind in KINDS},
}
PATHS = {"overview": "/", "listening": "/listening", **{f"top-{kind}": f"/top/{kind}" for kind in KINDS}}

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium here")


@pytest.fixture(scope="module")
def listener(tmp_path_factory):
    folder = tmp_path_factory.mktemp("listener")
    (folder / "home").mkdir()
    machine = Machine(folder)
    done = machine.run("demo", "--artists", "60", "--plays", "8000", "--lake", machine.lake)
    assert done.code == 0, done.err
    if not machine.lake.exists():
        machine.lake = folder / "demo-lake"
        machine.environment["SOUNDLAKE_LAKE"] = str(machine.lake)
    return machine


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield started
        started.close()


class Window:
    """A browser window that remembers everything that should not happen in it."""

    def __init__(self, browser, dashboard, width=1440, scheme="light", **more):
        self.root, self.faults = dashboard.root, []
        self.context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="en-GB", timezone_id="Europe/Berlin", **more)
        self.context.set_default_timeout(60_000)
        name, _, value = dashboard.cookie.partition("=")
        self.context.add_cookies([{"name": name, "value": value, "url": dashboard.root, "httpOnly": True, "sameSite": "Strict"}])
        self.page = self.context.new_page()
        self.page.on("console", lambda said: self.faults.append(f"console: {said.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", lambda request: request.url.startswith((self.root, "data:", "blob:")) or self.faults.append(f"outside: {request.url}"))
        self.page.on("response", lambda response: response.status < 400 or self.faults.append(f"{response.status}: {response.url}"))
        self.page.add_init_script("addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective))")

    def open(self, target):
        self.page.goto(self.root + target)
        self.settle()

    def settle(self):
        self.page.wait_for_selector("main[data-drawn]")
        # The policy forbids what wait_for_function does, so it is the last drawing that is waited for.
        self.page.wait_for_selector(".chart:not([data-drawn]) >> visible=true", state="hidden")

    def overflow(self):
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.fixture
def window(listener, browser):
    dashboard = Dashboard(listener)
    dashboard.enter()
    opened = []

    def make(**more):
        opened.append(Window(browser, dashboard, **more))
        return opened[-1]

    make.dashboard = dashboard
    yield make
    for one in opened:
        one.context.close()
    dashboard.stop()


@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PATHS)
def test_a_page_is_quiet_and_fits(window, name, scheme, width):
    shown = window(width=width, scheme=scheme)
    shown.open(PATHS[name])
    assert shown.overflow() == 0
    assert shown.page.locator(".panel").count() == len(VIEWS[name])
    for chart in shown.page.locator(".chart").all():
        chart.focus()
        for key in ("ArrowRight", "End", "Home", "PageDown"):
            chart.press(key)
        assert shown.page.locator("#tip").is_visible()
        chart.press("Escape")
        assert not shown.page.locator("#tip").is_visible()
    if PICTURES:
        pathlib.Path(PICTURES).mkdir(parents=True, exist_ok=True)
        shown.page.mouse.move(0, 0)
        shown.page.evaluate("document.activeElement.blur()")
        shown.page.screenshot(path=f"{PICTURES}/{name}-{scheme}-{width}.png", full_page=True)
    for button in shown.page.locator(".tool", has_text="Table").all():
        button.click()
    assert shown.overflow() == 0
    assert shown.faults == []


ADDRESSES = ["/", "/?last=6m&pop=20-90&order=popularity", "/?last=all&family=Pop", "/listening", "/listening?last=6m&rule=all&by=plays",
             "/listening?from=2026-02-01&to=2026-04-30", "/top/artists",
             "/top/tracks?last=all&by=plays&offset=100", "/top/albums?from=2026-02-01&to=2026-04-30", "/top/genres?last=6m"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_tables_hold_what_the_terminal_tells(listener, window, address):
    shown = window()
    with shown.page.expect_response(lambda response: "/api/v1/pages/" in response.url) as asked:
        shown.open(address)
    told = asked.value.json()
    for panel, view in VIEWS[told["page"]].items():
        question = told["views"][view]
        words = [f"{key}={value}" for key, value in urllib.parse.parse_qsl(question["query"])]
        expected = listener.run("stats", question["answer"]["statistic"], "--json", *words).report
        section = shown.page.locator(f"[data-view={panel}]")
        section.locator(".tool", has_text="Table").click()
        rows = section.locator("table.data tbody tr").evaluate_all(
            "(rows) => rows.map((row) => Object.fromEntries([...row.cells].map((cell) => [cell.dataset.column, JSON.parse(cell.dataset.value)])))")
        assert rows == [{key: value for key, value in row.items() if key != "key"} for row in expected["rows"]]
    assert shown.faults == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_comes_back_as_it_was(window, address):
    shown = window()
    shown.open(address)
    query = urllib.parse.urlsplit(address).query
    assert shown.page.url == shown.root + address
    chosen = shown.page.evaluate("[...document.querySelectorAll('.seg input:checked')].map((one) => one.value)")
    for name, value in urllib.parse.parse_qsl(query):
        if name in ("last", "by"):
            assert value in chosen
        if name in ("order", "rule"):
            assert value in shown.page.locator(".filters select").evaluate_all("(all) => all.map((one) => one.value)")
        if name == "pop":
            assert shown.page.locator(".dual + output").inner_text() == value.replace("-", " – ")


def test_choices_go_into_the_address_and_back(window):
    shown = window()
    shown.open("/")
    before = shown.page.locator(".lead p").inner_text()
    shown.page.get_by_text("6 months").click()
    shown.page.wait_for_url("**/?last=6m")
    shown.settle()
    assert "six months" in shown.page.locator(".lead p").inner_text()
    shown.page.locator(".filters select").select_option("name")
    shown.page.wait_for_url("**/?last=6m&order=name")
    shown.page.get_by_role("link", name="Listening", exact=True).click()
    shown.page.wait_for_url("**/listening")
    shown.settle()
    shown.page.go_back()
    shown.page.wait_for_url("**/?last=6m&order=name")
    shown.page.go_back()
    shown.page.go_back()
    shown.page.wait_for_url("**/")
    shown.settle()
    assert shown.page.locator(".lead p").inner_text() == before
    assert shown.faults == []


def test_a_chart_keeps_its_canvas_when_a_filter_changes(window):
    shown = window()
    shown.open("/")
    shown.page.evaluate("document.querySelector('[data-view=tempo] canvas').dataset.kept = 'yes'")
    shown.page.get_by_text("All time").click()
    shown.page.wait_for_url("**/?last=all")
    shown.settle()
    assert shown.page.locator("[data-view=tempo] canvas").get_attribute("data-kept") == "yes"


def test_a_name_is_pinned_by_a_click_and_keeps_the_focus(window):
    shown = window()
    shown.open("/")
    name = shown.page.locator(".name").nth(7)
    assert name.get_attribute("aria-pressed") == "false"
    name.click()
    shown.settle()
    assert shown.page.locator(".name").nth(7).get_attribute("aria-pressed") == "true"
    assert "pin=" in shown.page.url
    assert shown.page.evaluate("document.activeElement.classList.contains('name')")


def test_a_view_alone_has_an_address(window):
    shown = window()
    shown.open("/listening#hours")
    visible = shown.page.locator(".panel:visible")
    assert visible.count() == 1 and visible.get_attribute("data-view") == "hours"
    visible.get_by_role("link", name="Whole page").click()
    shown.settle()
    assert shown.page.locator(".panel:visible").count() == len(VIEWS["listening"])


def test_the_csv_is_that_of_the_terminal(listener, window):
    shown = window()
    shown.open("/")
    with shown.page.expect_download() as saved:
        shown.page.locator("[data-view=popularity] .tool", has_text="CSV").click()
    rows = list(csv.reader(io.StringIO(pathlib.Path(saved.value.path()).read_text(encoding="utf-8"))))
    assert rows == list(csv.reader(io.StringIO(listener.run("stats", "popularity", "--csv").out)))
    assert shown.faults == []


def test_filters_that_match_nothing_can_be_cleared(window):
    shown = window()
    shown.open("/?pop=100-100")
    shown.page.get_by_role("button", name="Clear filters").click()
    shown.settle()
    assert shown.page.locator(".panel").count() == len(VIEWS["overview"])


def test_a_wrong_address_says_what_is_wrong(window):
    shown = window()
    shown.page.goto(shown.root + "/listening?year=none")
    assert "none" in shown.page.get_by_role("alert").inner_text()


def test_names_are_text_whatever_they_spell(machine, browser, tmp_path):
    evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    rows = [{"ts": f"2026-11-0{day}T10:00:00Z", "ms_played": 200_000, "master_metadata_track_name": evil, "master_metadata_album_artist_name": evil,
             "master_metadata_album_album_name": evil, "spotify_track_uri": f"spotify:track:{day:022d}", "reason_start": "trackdone", "reason_end": "trackdone",
             "shuffle": False, "offline": False, "incognito_mode": False, "platform": "linux", "conn_country": "DE"} for day in range(1, 9)]
    export = tmp_path / "Streaming_History_Audio_2026_0.json"
    export.write_text(json.dumps(rows))
    assert machine.run("import", export).code == 0
    dashboard = Dashboard(machine)
    dashboard.enter()
    for path in ("/", "/listening"):
        shown = Window(browser, dashboard)
        shown.open(path)
        assert shown.page.get_by_text(evil).count() >= 1
        assert shown.page.title().startswith("soundlake")
        assert shown.overflow() == 0
        assert shown.faults == []
        shown.context.close()
    dashboard.stop()


def test_the_first_page_is_light(window):
    shown = window()
    sizes = []
    shown.page.on("response", lambda response: sizes.append(len(response.request.sizes() and response.body()) and response.request.sizes()["responseBodySize"]))
    shown.open("/")
    assert 0 < sum(sizes) <= 350_000
