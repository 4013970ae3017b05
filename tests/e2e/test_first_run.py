# SPDX-License-Identifier: Apache-2.0
"""What ./run decides: the real account, one question, or the simulated listener."""

import os
import pty
import select

from conftest import BINARY


def on_a_terminal(machine, answers, *words, timeout=60):
    """Runs the program on a terminal of its own and types each answer when it asks: exit code and screen."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(machine.folder)
        os.execve(BINARY, [str(BINARY), *words], {**machine.environment, "TERM": "xterm"})
    screen, waiting = "", list(answers)
    while select.select([terminal], [], [], timeout)[0]:
        try:
            got = os.read(terminal, 65536)
        except OSError:
            break
        if not got:
            break
        screen += got.decode(errors="replace")
        if waiting and waiting[0][0] in screen:
            os.write(terminal, waiting.pop(0)[1].encode() + b"\n")
    _, status = os.waitpid(process, 0)
    os.close(terminal)
    assert not waiting, f"never asked {waiting[0][0]!r}:\n{screen}"
    return os.waitstatus_to_exitcode(status), screen


def first_run(machine):
    return "run", "--from-run-script", "--demo-lake", str(machine.folder / "demo-lake")


def test_off_a_terminal_and_without_credentials_it_is_the_simulated_listener(machine):
    done = machine.run(*first_run(machine))
    assert done.code == 0, done.err
    assert "simulated listener" in done.words and "Next" in done.words
    assert (machine.folder / "demo-lake/exports/top_artists_info.json").exists()
    assert not machine.lake.exists()


def test_off_a_terminal_with_an_app_but_no_sign_in_it_is_exit_4(machine):
    done = machine.run(*first_run(machine), SPOTIFY_CLIENT_ID="0123456789abcdef0123456789abcdef")
    assert done.code == 4 and "soundlake login" in done.err
    assert not (machine.folder / "demo-lake").exists()


def test_with_credentials_it_is_the_real_account(machine, start_sim):
    machine.connect(start_sim())
    done = machine.run(*first_run(machine))
    assert done.code == 0, done.err
    assert len(machine.compiled()) == 50
    assert not (machine.folder / "demo-lake").exists()


def test_on_a_terminal_one_question_decides(machine):
    code, screen = on_a_terminal(machine, [("1, 2 or 3", "3")], *first_run(machine))
    assert code == 0, screen
    assert "simulated listener" in screen
    assert (machine.folder / "demo-lake").exists()


def test_on_a_terminal_the_steps_to_an_app_are_shown(machine):
    code, screen = on_a_terminal(machine, [("1, 2 or 3", "1"), ("Client ID", "")], *first_run(machine))
    assert code == 4, screen
    assert "developer.spotify.com" in screen and "127.0.0.1:8888/callback" in screen


def test_another_time_zone_moves_the_days_and_says_so(machine, start_sim):
    machine.connect(start_sim())
    assert machine.run("run").code == 0
    done = machine.run("run", SOUNDLAKE_TIMEZONE="Europe/Helsinki", SOUNDLAKE_NOW="2026-11-20T12:10:00Z")
    assert done.code == 0, done.err
    assert "Europe/Berlin → Europe/Helsinki" in done.words
    again = machine.run("run", SOUNDLAKE_TIMEZONE="Europe/Helsinki", SOUNDLAKE_NOW="2026-11-20T12:20:00Z")
    assert "nothing changed" in again.words, again.words
