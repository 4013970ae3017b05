# SPDX-License-Identifier: Apache-2.0
"""The command line as people and scripts meet it."""

import os
import re
import stat
import subprocess


def test_help_names_every_command_and_how_to_begin(machine):
    done = machine.run("--help")
    assert done.code == 0 and done.err == ""
    for command in ("run", "login", "logout", "forget", "extract", "export", "sql", "doctor", "demo", "completion"):
        assert re.search(rf"^\s+{command}\b", done.out, re.M), command
    assert "soundlake demo" in done.out


def test_version_is_one_line(machine):
    assert re.fullmatch(r"soundlake \d+\.\d+\.\d+\n", machine.run("--version").out)


def test_an_unknown_word_is_usage_with_the_nearest_known_one(machine):
    done = machine.run("extrat")
    assert (done.code, done.out) == (2, "")
    assert "hint: did you mean `extract`?" in done.err
    done = machine.run("extract", "--recnt", "--json")
    assert done.code == 2
    assert done.report["status"] == "failed"
    assert done.report["problems"][0]["kind"] == "usage"


def test_a_setting_that_cannot_be_used_names_its_origin(machine):
    done = machine.run("doctor", SOUNDLAKE_MARKET="Germany")
    assert done.code == 2
    assert "environment SOUNDLAKE_MARKET" in done.err and "two letters" in done.err


def test_without_a_sign_in_exit_4_says_what_to_do_and_makes_nothing(machine):
    done = machine.run("run")
    assert done.code == 4
    assert "soundlake login" in done.err
    assert not machine.lake.exists()
    report = machine.run("extract", "--json").report
    assert report["status"] == "failed" and report["problems"][0]["kind"] == "sign_in"


def test_doctor_works_on_an_empty_machine_and_shows_no_secret(machine):
    done = machine.run("doctor", SPOTIFY_CLIENT_SECRET="hush-hush", SPOTIFY_REFRESH_TOKEN="also-hush")
    assert done.code == 0
    assert "there is no lake" in done.words
    for text in (done.out, done.err, machine.run("doctor", "--json", SPOTIFY_CLIENT_SECRET="hush-hush").out):
        assert "hush" not in text


def test_bash_accepts_the_completion_script(machine):
    script = machine.run("completion", "bash").out
    asked = (script + '\nCOMP_WORDS=(soundlake ext); COMP_CWORD=1; _soundlake; echo "${COMPREPLY[@]}"'
             + '\nCOMP_WORDS=(soundlake extract --depth ""); COMP_CWORD=3; _soundlake; echo "${COMPREPLY[@]}"')
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "extract\nfirst all\n"


def test_what_is_kept_is_private(machine):
    machine.run("demo", "--lake", machine.lake)
    machine.run("doctor")
    for path in [machine.lake, *machine.lake.rglob("*"), *(machine.folder / "state").rglob("*")]:
        mode = stat.S_IMODE(os.stat(path).st_mode)
        assert mode & 0o077 == 0, f"{path} is {mode:o}"
