import io

import pytest

pytestmark = pytest.mark.django_db
PASSWORD = "qara-tau-boyynda-42"  # noqa: S105


def find(name):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username=name)


def test_a_link_is_printed_alone_on_standard_output(ainalym, monkeypatch, client):
    monkeypatch.setenv("AINALYM_SECRET_KEY", "x" * 50)
    done = ainalym("user", "add", "aida", "--role", "analyst", "--role", "editor")
    assert done.status == 0, done.err
    assert set(find("aida").groups.values_list("name", flat=True)) == {"analyst", "editor"}
    assert not find("aida").has_usable_password()
    [line] = done.out.splitlines()
    assert client.get(line.removeprefix("http://localhost:8000")).url.startswith("/en/account/password/")


def test_without_a_key_the_password_is_a_line_of_standard_input(ainalym, monkeypatch):
    monkeypatch.delenv("AINALYM_SECRET_KEY", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    done = ainalym("user", "add", "berik")
    assert (done.status, done.out) == (0, "")
    assert find("berik").check_password(PASSWORD)
    assert [group.name for group in find("berik").groups.all()] == ["viewer"]


def test_what_is_wrong_is_said_and_nothing_is_kept(ainalym, monkeypatch):
    from django.contrib.auth import get_user_model

    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    done = ainalym("--ui-lang", "kk", "user", "add", "aida", "--password-stdin")
    assert done.status == 1
    assert "Құпиясөз тым қысқа" in done.err
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    assert ainalym("user", "add", "no spaces", "--password-stdin").status == 1
    assert ainalym("user", "add", "aida", "--role", "king").status == 2
    assert not get_user_model().objects.exists()


def test_the_same_name_twice_is_refused(ainalym, monkeypatch):
    for status in (0, 1):
        monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
        assert ainalym("user", "add", "aida", "--password-stdin").status == status


def test_a_new_link_needs_an_account_and_a_key(ainalym, monkeypatch):
    monkeypatch.setenv("AINALYM_SECRET_KEY", "x" * 50)
    done = ainalym("user", "link", "aida")
    assert (done.status, done.out) == (1, "")
    assert "no active account aida" in done.err
    ainalym("user", "add", "aida")
    assert "/account/password/" in ainalym("user", "link", "aida").out
    monkeypatch.delenv("AINALYM_SECRET_KEY")
    assert "AINALYM_SECRET_KEY" in ainalym("user", "link", "aida").err


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_help_lists_the_commands(ainalym, lang):
    done = ainalym("--ui-lang", lang, "user", "--help")
    assert done.status == 0
    assert "add" in done.out
    assert "command." not in done.out
    assert "option." not in ainalym("--ui-lang", lang, "user", "add", "--help").out
