"""The settings of a public installation."""

import os
import subprocess
import sys

import pytest

PUBLIC = {
    "AINALYM_SECRET_KEY": "9x" * 25 + "!q7Zr_tKp2vLw8",
    "AINALYM_HOSTS": "trade.example.org",
    "AINALYM_ORIGINS": "https://trade.example.org",
    "AINALYM_TRUSTED_PROXIES": "1",
}
SHOW = """
import django; django.setup()
from django.test import Client
client = Client()
answer = client.get("/en/account/login/", headers={"host": "trade.example.org", "x-forwarded-proto": "https"})
print(answer.status_code, *(f"{name}: {value}" for name, value in answer.items()), sep="\\n")
print(*(cookie.OutputString() for cookie in answer.cookies.values()), sep="\\n")
print("plain", client.get("/en/", headers={"host": "trade.example.org"}).status_code)
print("foreign", client.get("/en/", headers={"host": "evil.example", "x-forwarded-proto": "https"}).status_code)
"""


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AINALYM_", "DATABASE_"))}
    (tmp_path / "ainalym").mkdir()
    return kept | PUBLIC | {
        "XDG_DATA_HOME": str(tmp_path), "AINALYM_STATIC": str(tmp_path / "static"),
        "DJANGO_SETTINGS_MODULE": "ainalym.portal.settings",
    }  # fmt: skip


def run(environment, *args):
    return subprocess.run([sys.executable, *args], env=environment, capture_output=True, text=True, check=True)


def test_djangos_check_of_a_deployment_finds_nothing(environment):
    done = run(environment, "-m", "django", "check", "--deploy", "--fail-level", "INFO")
    assert "no issues (0 silenced)" in done.stdout


def test_a_public_portal_sends_every_header_and_secure_cookies(environment):
    run(environment, "-m", "django", "collectstatic", "--noinput", "-v0")
    run(environment, "-m", "django", "migrate", "-v0")
    said = run(environment, "-c", SHOW).stdout
    assert said.startswith("200\n")
    for line in (
        "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload",
        "X-Content-Type-Options: nosniff",
        "X-Frame-Options: DENY",
        "Referrer-Policy: same-origin",
        "Cross-Origin-Opener-Policy: same-origin",
    ):
        assert line in said
    assert "default-src 'none'" in said
    assert "plain 301" in said
    assert "foreign 400" in said
    [cookie] = [line for line in said.splitlines() if line.startswith("csrftoken=")]
    assert "Secure" in cookie
    assert "SameSite=Lax" in cookie
