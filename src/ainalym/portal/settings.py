"""Settings of the portal: everything that differs between installations comes from the environment.

DATABASE_URL            where the ledger lies; SQLite in the user's data folder without it
AINALYM_SECRET_KEY      signs sessions; must be set in production
AINALYM_HOSTS           the names that the portal answers to, separated by commas
AINALYM_ORIGINS         https://… addresses that forms may come from, where a proxy changes the host
AINALYM_STATIC          folder for `collectstatic`; without it files are served as they lie
AINALYM_HOME_SIDE       whose partners the portal shows first: KZ
AINALYM_UPLOAD_BYTES    the largest draft that may be uploaded
AINALYM_TRUSTED_PROXIES how many proxies in front set X-Forwarded-For: 0
AINALYM_SESSION_HOURS   how long a sign-in lasts: 12
AINALYM_RATE_ANONYMOUS  requests a minute to the API from one address without a token: 60
AINALYM_RATE_TOKEN      the same for one token: 600
AINALYM_API_TEXT        the longest text, in characters, that the API reads: 100000
AINALYM_API_SECONDS     how long it reads at most: 20
AINALYM_API_JOBS        how many texts it reads at once: 2
AINALYM_DATA_LICENCE    address of the licence that the installation's own data stand under
AINALYM_DEBUG           1 for error pages with their cause, on a developer's machine only
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import dj_database_url


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in ("1", "true", "yes")


def _list(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def _data_folder() -> Path:
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "ainalym"


PACKAGE = Path(__file__).resolve().parent
DATA = _data_folder()
DEBUG = _flag("AINALYM_DEBUG")
# Without a key of its own an installation has a new one at every start: whoever signed in signs in again.
SECRET_KEY = os.environ.get("AINALYM_SECRET_KEY") or secrets.token_urlsafe(50)
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = _list("AINALYM_HOSTS") or LOCAL_HOSTS
CSRF_TRUSTED_ORIGINS = _list("AINALYM_ORIGINS")
# Named hosts mean an installation behind TLS; without them the portal runs on its user's own machine.
IS_PUBLIC = bool(_list("AINALYM_HOSTS"))

HOME_SIDE = os.environ.get("AINALYM_HOME_SIDE", "KZ")
UPLOAD_BYTES = int(os.environ.get("AINALYM_UPLOAD_BYTES", "10000000"))
# Of one draft: its characters, the seconds that reading it may take, how many a stranger may check in a minute.
DRAFT_CHARACTERS = 100_000
DRAFT_SECONDS = 20.0
DRAFTS_A_MINUTE = 10

TRUSTED_PROXIES = int(os.environ.get("AINALYM_TRUSTED_PROXIES", "0"))
API_RATE_ANONYMOUS = int(os.environ.get("AINALYM_RATE_ANONYMOUS", "60"))
API_RATE_TOKEN = int(os.environ.get("AINALYM_RATE_TOKEN", "600"))
API_TEXT = int(os.environ.get("AINALYM_API_TEXT", "100000"))
# JSON may write each character of a text as an escape of six bytes, and half of those need two.
API_BODY_BYTES = API_TEXT * 12 + 20_000
API_SECONDS = float(os.environ.get("AINALYM_API_SECONDS", "20"))
API_JOBS = int(os.environ.get("AINALYM_API_JOBS", "2"))
DATA_LICENCE = os.environ.get("AINALYM_DATA_LICENCE", "")

INSTALLED_APPS = [
    "ainalym.portal",
    "ainalym.portal.api",
    "ainalym.ledger",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "ainalym.portal.sites",
    "django_htmx",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "ainalym.portal.api.middleware.ApiMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "ainalym.portal.middleware.SecondFactorMiddleware",
    "ainalym.portal.sites.middleware.guard_cms",
    "django_htmx.middleware.HtmxMiddleware",
    "ainalym.portal.faults.limit_body",
]
CSRF_FAILURE_VIEW = "ainalym.portal.faults.forged"
ROOT_URLCONF = "ainalym.portal.urls"
WSGI_APPLICATION = "ainalym.portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ainalym.portal.context.portal",
            ],
            "builtins": ["ainalym.portal.templatetags.ainalym"],
        },
    }
]

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{DATA / 'ledger.sqlite3'}", conn_max_age=60)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its place at the start, so that two never wait for each other in the middle.
        "transaction_mode": "IMMEDIATE",
        "timeout": float(os.environ.get("AINALYM_PATIENCE", "20")),
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counts of requests; in the memory of each process.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "bodies": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "bodies",
        "OPTIONS": {"MAX_ENTRIES": 400},
    },
    "rates": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "rates",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

LANGUAGE_CODE = "kk"
# kk-latn is Kazakh in Latin letters (BCP 47: kk-Latn); its texts are the Kazakh ones written out.
LANGUAGES = [("kk", "Қазақша"), ("kk-latn", "Qazaqşa"), ("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "ainalym.portal.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TZ", "Asia/Almaty")

STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("AINALYM_STATIC")
MEDIA_ROOT = os.environ.get("AINALYM_MEDIA") or DATA / "media"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_ROOT

# No request leaves for any other host, and nothing runs that we did not ship.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
# Accounts: made by administrators, with a second factor for all but viewers (middleware.py).
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "ainalym.portal.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("AINALYM_TRUSTED_PROXIES", "0"))
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "ainalym.portal.accounts.AddKeyForm",
    "edit_webauthn": "ainalym.portal.accounts.EditKeyForm",
}
MFA_TOTP_ISSUER = "Ainalym"
# Browsers take keys on plain HTTP from this machine alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PUBLIC
SESSION_COOKIE_AGE = int(float(os.environ.get("AINALYM_SESSION_HOURS", "12")) * 3600)
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600

# What the editors' pages under /cms/ need besides: styles in place, previews in a frame, pictures just chosen.
CMS_SECURITY_POLICY = {
    "style-src": ["'unsafe-inline'"],
    "img-src": ["blob:"],
    "frame-src": ["'self'"],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
if IS_PUBLIC:
    SECURE_SSL_REDIRECT = not _flag("AINALYM_PLAIN_HTTP")
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT

# Pages that people write (docs/portal.md). Wagtail asks nobody for updates or for pictures of its users.
WAGTAIL_SITE_NAME = "Ainalym"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_BASE_URL = CSRF_TRUSTED_ORIGINS[0] if CSRF_TRUSTED_ORIGINS else "http://localhost:8000"
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILEMBEDS_FINDERS: list[str] = []
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = WAGTAILDOCS_MAX_UPLOAD_SIZE = UPLOAD_BYTES
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "ainalym.portal.sites.uploads.ImageForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "txt", "xlsx"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "ainalym.portal.sites.uploads.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []

DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_BYTES + 100_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A mistyped address is not the portal's trouble, nor what print cannot use of the style sheets; what cannot be made
    # out of a page is told by our own errors.
    "loggers": {
        "trafilatura": {"level": "CRITICAL"},
        "django.request": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
