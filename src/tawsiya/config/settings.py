"""Django settings, read from the environment only.

The command line (`tawsiya.cli`) prepares the environment: it starts the embedded
PostgreSQL where one is used and refuses to go on when something is missing.
docs/settings.md lists every variable.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from tawsiya.core.database_url import as_django

django_stubs_ext.monkeypatch()

PACKAGE = Path(__file__).resolve().parent.parent
MODE = os.environ.get("TAWSIYA_MODE", "production")
DEMO = MODE == "demo"
LOCAL = MODE in {"demo", "test"}
DATA = Path(os.environ.get("TAWSIYA_DATA", ".data")).resolve()

DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY") or ("test-only-" * 5 if MODE == "test" else "")
ALLOWED_HOSTS = os.environ.get("TAWSIYA_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("TAWSIYA_ORIGINS", "").split(",") if o]
SITE_ADDRESS = os.environ.get("TAWSIYA_ADDRESS", "http://127.0.0.1:8000").rstrip("/")


_as_owner = os.environ.get("TAWSIYA_AS_OWNER") == "1"
_url = os.environ.get("DATABASE_URL", "postgresql:///tawsiya")
DATABASES = {"default": as_django(os.environ.get("DATABASE_OWNER_URL", _url) if _as_owner else _url)}
# Limits of rate are counted by all processes together; what one has computed stays in its memory.
CACHES = {
    "default": {"BACKEND": "tawsiya.core.shared.SharedCache"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "tawsiya.core",  # before allauth: its templates stand in for theirs
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "tawsiya.audit",
    "tawsiya.accounts",
    "tawsiya.notifications",
    "tawsiya.mechanisms",
    "tawsiya.recommendations",
    "tawsiya.programme",
    "tawsiya.followup",
    "tawsiya.analysis",
    "tawsiya.intake",
    "tawsiya.portal",
    "tawsiya.dashboards",
    "tawsiya.reports",
    "tawsiya.sample",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tawsiya.core.middleware.NotKeptMiddleware",
    "tawsiya.core.middleware.RequestIdMiddleware",
    "tawsiya.core.middleware.NullMiddleware",
    "tawsiya.audit.middleware.KeptMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tawsiya.accounts.middleware.ReaderMiddleware",
    "tawsiya.core.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "tawsiya.config.urls"
WSGI_APPLICATION = "tawsiya.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "tawsiya.core.context.shell",
                "tawsiya.dashboards.context.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# People and sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboards:home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation has already proved the address
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"public_comment": "20/h/ip,60/d/ip"}  # added to those of the sign-in pages
ACCOUNT_SESSION_REMEMBER = False  # sessions end with the browser
ACCOUNT_ADAPTER = "tawsiya.accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "tawsiya.accounts.adapter.SocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if os.environ.get("OIDC_SERVER_URL"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": os.environ.get("OIDC_NAME", "OpenID Connect"),
                "client_id": os.environ.get("OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("OIDC_CLIENT_SECRET", ""),
                # The State's own provider vouches for addresses: invited people need not connect first.
                "settings": {"server_url": os.environ["OIDC_SERVER_URL"], "email_authentication": True},
            }
        ]
    }
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"add_webauthn": "tawsiya.accounts.key_forms.SecurityKeyForm"}
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "Tawsiya"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL  # http://localhost, where no certificate can be had
INVITATION_DAYS = 7

# Languages: the first user works in Arabic and French; English is the source of the messages.
LANGUAGE_CODE = os.environ.get("TAWSIYA_LANGUAGE", "fr")
LANGUAGES = [("ar", _("Arabic")), ("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TAWSIYA_TIME_ZONE", "Africa/Casablanca")
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Under which licence the open data may be used again: the State's decision (docs/settings.md).
OPEN_DATA_LICENCE = os.environ.get("TAWSIYA_LICENCE", "https://creativecommons.org/licenses/by/4.0/")

# Files
STATIC_URL = "/static/"
# WhiteNoise serves the packages’ own files: there is nothing to collect.
STATIC_ROOT = None
STATICFILES_DIRS = [PACKAGE / "assets"] if (PACKAGE / "assets").is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
UPLOAD_LIMIT_BYTES = 25 * 1024 * 1024
# Beyond this, a file is read and an import applied by a background job.
IMPORT_INLINE_BYTES = 3 * 1024 * 1024
IMPORT_INLINE_ROWS = 800
# What is typed and not saved: kept by the server for so long, and by the browser too where policy allows.
TYPED_TEXT_DAYS = 30
KEEP_TYPED_ON_DEVICE = os.environ.get("TAWSIYA_KEEP_ON_DEVICE", "yes").lower() not in (
    "no",
    "off",
    "0",
    "false",
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Mail: printed in the demo; a real server's address comes from the environment.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("EMAIL_HOST")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "tawsiya@localhost")

# Safety
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
_https = SITE_ADDRESS.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
# An https address means a proxy in front: attempts to sign in are counted by the address it reports.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _https else 0
_provider = urlsplit(os.environ.get("OIDC_SERVER_URL", ""))
_provider_origin = [f"{_provider.scheme}://{_provider.netloc}"] if _provider.netloc else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        # Browsers hold the way to the State's own provider, a redirect after a form, to this too.
        "form-action": ["'self'", *_provider_origin],
        "frame-ancestors": ["'none'"],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["tawsiya.accounts.api.SignedIn"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Tawsiya",
    "DESCRIPTION": "Recommendations of the UN human rights mechanisms and their follow-up.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
}

PGHISTORY_APPEND_ONLY = True
PROCRASTINATE_ON_APP_READY = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"no_secrets": {"()": "tawsiya.core.logs.WithoutSecrets"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_secrets"]}
    },
    "root": {"handlers": ["stderr"], "level": os.environ.get("TAWSIYA_LOG", "WARNING")},
}
