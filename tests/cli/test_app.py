import re
import subprocess

import pytest

from ainalym import __version__
from ainalym.cli.words import find_ui_lang


def test_help_lists_commands_and_options(ainalym):
    done = ainalym("--help")
    assert done.status == 0
    assert "read " in done.out
    assert "completion" in done.out
    assert ainalym().out == done.out


def test_help_of_read_has_examples_and_exit_statuses(ainalym):
    out = ainalym("read", "--help").out
    assert "Examples:\n  ainalym read report.txt" in out
    assert "Exit status: 0 all read" in out
    for option in ("--format", "--out", "--published", "--lang", "--jobs", "--explain", "--allow-private", "--ui-lang"):
        assert option in out


@pytest.mark.parametrize(("lang", "word"), [("kk", "Қолданылуы: "), ("ru", "Вызов: "), ("en", "Usage: ")])
def test_help_speaks_the_users_language(ainalym, lang: str, word: str):
    assert ainalym("--ui-lang", lang).out.startswith(word)
    assert ainalym("read", "-h", f"--ui-lang={lang}").out.startswith(word)


def test_version(ainalym):
    assert ainalym("--version").out == f"ainalym {__version__}\n"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (
            ["read"],
            "nothing to read: name a file, a folder, a web address, or - for standard input. Help: ainalym read",
        ),
        (["read", "--nope", "x"], "there is no option --nope."),
        (["wear"], "there is no command “wear”; there are read,"),
        (["--nope"], "there is no option --nope."),
        (["read", "x", "--format", "xml"], "--format is “xml”, but must be one of table, jsonl, csv, html."),
        (["read", "x", "--lang", "zz"], "--lang is “zz”, but must be one of kk, ru, en."),
        (["read", "x", "--published", "17.05.2024"], "--published cannot be “17.05.2024”: give a date as YYYY-MM-DD."),
        (["read", "x", "--jobs", "0"], "--jobs cannot be “0”: give a whole number from 1 to 256."),
        (["read", "x", "--jobs", "many"], "--jobs cannot be “many”"),
        (["read", "x", "--out"], "--out needs a value."),
        (["completion", "tcsh"], "is “tcsh”, but must be one of bash, zsh, fish."),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(ainalym, args: list[str], error: str):
    done = ainalym(*args)
    assert done.status == 2
    assert done.out == ""
    assert done.err.startswith(f"ainalym: {error}") or error in done.err
    assert done.err.count("\n") == 1


def test_wrong_usage_in_the_users_language(ainalym, monkeypatch):
    monkeypatch.setenv("AINALYM_LANG", "ru")
    assert "нечего читать" in ainalym("read").err
    assert "оқитын ештеңе жоқ" in ainalym("read", "--ui-lang", "kk").err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(ainalym, shell: str):
    done = ainalym("completion", shell)
    assert done.status == 0
    assert "_AINALYM_COMPLETE" in done.out


def test_completion_knows_commands(command):
    env = {"_AINALYM_COMPLETE": "bash_complete", "COMP_WORDS": "ainalym re", "COMP_CWORD": "1", "PATH": ""}
    run = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert "plain,read" in run.stdout


@pytest.mark.parametrize(
    ("args", "environ", "lang"),
    [
        ([], {}, "en"),
        ([], {"LANG": "kk_KZ.UTF-8"}, "kk"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LANG": "ru_RU.UTF-8", "AINALYM_LANG": "kk"}, "kk"),
        ([], {"LC_ALL": "C", "LANG": "ru_RU.UTF-8"}, "en"),
        (["read", "--ui-lang", "ru"], {"LANG": "kk_KZ"}, "ru"),
        (["read", "--ui-lang=kk"], {}, "kk"),
        (["read", "--ui-lang"], {"LANG": "kk_KZ"}, "kk"),
    ],
)
def test_the_language_comes_from_the_option_the_variable_the_locale(args, environ, lang: str):
    assert find_ui_lang(args, environ) == lang


@pytest.mark.parametrize("group", ["stats", "corpus"])
@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_help_of_groups_speaks_the_users_language(ainalym, group: str, lang: str):
    from ainalym.cli.app import cli

    out = ainalym("--ui-lang", lang, group, "--help").out
    commands = cli.get_command(None, group).commands
    assert all(f"  {name} " in out for name in commands)
    for args in ([], *([name] for name in commands)):
        text = ainalym("--ui-lang", lang, group, *args, "--help").out
        assert "_option." not in text
        assert f"{group}." not in text
        assert re.search("[а-я]", text)
        assert all(re.search("[а-я]", option) for option in re.split(r"\n  (?=-)", text)[1:]), text
