# SPDX-License-Identifier: Apache-2.0
"""scripts/check-includes finds what it is there to find."""

import os
import pathlib
import subprocess

import pytest

CLONE = pathlib.Path(os.environ["SOUNDLAKE_CLONE"])


def write(folder, file, include):
    path = folder / "src/soundlake" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"// SPDX-License-Identifier: Apache-2.0\n#include {include}\n", encoding="utf-8")


def check(folder, *files):
    for file, include in files:
        write(folder, file, include)
    return subprocess.run([CLONE / "scripts/check-includes", folder], capture_output=True, text=True)


@pytest.mark.parametrize("file, include", [
    ("lake/codec.cpp", '"soundlake/store/store.hpp"'),
    ("lake/codec.cpp", "<parquet/arrow/writer.h>"),
    ("spotify/extract.cpp", '"soundlake/spotify/client.hpp"'),
    ("spotify/extract_test.cpp", '"soundlake/sim/listener.hpp"'),
    ("spotify/extract_test.cpp", '"soundlake/store/local_store.hpp"'),
    ("cli/run.cpp", '"soundlake/sim/listener.hpp"'),
    ("main.cpp", '"soundlake/cli/main.hpp"'),
    ("exports/csv.cpp", "<nlohmann/json.hpp>"),
])
def test_what_a_room_may_use_passes(tmp_path, file, include):
    done = check(tmp_path, (file, include))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("file, include, why", [
    ("facts/choose.cpp", '"soundlake/net/client.hpp"', "'facts' may use base, lake, not 'net'"),
    ("base/files.cpp", '"soundlake/config/settings.hpp"', "no other room"),
    ("sim/app.cpp", '"soundlake/spotify/client.hpp"', "not 'spotify'"),
    ("exports/csv.cpp", '"soundlake/store/store.hpp"', "not 'store'"),
    ("base/files_test.cpp", '"soundlake/net/client.hpp"', "not 'net'"),
    ("lake/lake.cpp", '"soundlake/cli/run.hpp"', "no room 'cli'"),
    ("music/player.cpp", '"soundlake/base/error.hpp"', "'music' is not in the table"),
    ("spotify/extract.cpp", "<arrow/api.h>", "stands only in lake/"),
    ("spotify/client.cpp", "<curl/curl.h>", "stands only in net/"),
    ("base/files.cpp", "<sqlite3.h>", "stands only in base/database"),
    ("net/http_server.hpp", "<boost/beast.hpp>", "by .cpp files only"),
    ("exports/csv.hpp", "<nlohmann/json.hpp>", "by .cpp files only"),
    ("lake/codec.cpp", '"codec.hpp"', "included from src/"),
])
def test_what_it_must_not_know_is_named_with_its_line(tmp_path, file, include, why):
    done = check(tmp_path, (file, include))
    assert done.returncode == 1
    assert why in done.stderr
    assert file in done.stderr


def test_what_only_tests_include_is_held_to_the_rule_for_tests(tmp_path):
    support = ("spotify/world.hpp", '"soundlake/sim/listener.hpp"')
    test = ("spotify/extract_test.cpp", '"soundlake/spotify/world.hpp"')
    assert check(tmp_path, support, test).returncode == 0
    product = ("spotify/extract.cpp", '"soundlake/spotify/world.hpp"')
    assert "not 'sim'" in check(tmp_path, product).stderr
