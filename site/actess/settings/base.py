"""What every environment shares. The environment is read in this folder only."""

import os
from pathlib import Path

import dj_database_url
from django.utils.csp import CSP

from actess.settings.login import *

SITE = Path(__file__).resolve().parents[2]
ROOT = SITE.parent
DATA = Path(os.environ.get("ACTESS_DATA", ROOT / "var"))
DATA.mkdir(parents=True, exist_ok=True)

DEBUG = False
ROOT_URLCONF = "actess.urls"
WSGI_APPLICATION = "actess.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "spaces",
    "home",
    "news",
    "guides",
    "videos",
    "events",
    "decks",
    "candidates",
    "passport",
    "accompaniment",
    "pages",
    "accounts",
    "association",
    "notices",
    "errands",
    "private_files",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail.api.v2",
    "rest_framework",
    "wagtailmedia",
    "modelcluster",
    "taggit",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "actess.middleware.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "actess.proxies.ClientAddressMiddleware",
    "actess.middleware.SanityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "actess.busy.BusyMiddleware",
    "accounts.authentication.idle.IdleMiddleware",
    "accounts.authentication.second_factor.SecondFactorMiddleware",
    "accounts.authentication.editors_door.EditorsDoorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pages.moved.MovedPathMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context.site",
            ],
            "builtins": [
                "django.templatetags.static",
                "pages.templatetags.components",
                "pages.templatetags.form_components",
                "pages.templatetags.french",
                "pages.templatetags.published",
            ],
        },
    }
]

# DATABASE_URL may be empty, as a variable that a shell left unset.
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'actess.sqlite3'}", conn_max_age=60
    )
}
POSTGRESQL = "postgresql" in DATABASES["default"]["ENGINE"]
if POSTGRESQL:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 3,
        # To compile a query takes longer than to run any of ours.
        "options": "-c statement_timeout=10000 -c lock_timeout=5000 -c jit=off",
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
    }

# `default` holds throttles: shared by every process and kept across restarts.
# `local` holds objects of one process, each under the stamp of what is published.
REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "actess"}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "actess_cache",
            # The stock number, 300, would forget throttles that still hold.
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    ),
    "local": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "actess-local",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [SITE / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
PRIVATE_ROOT = DATA / "private"
# Uploads that are still arriving: on the same disk, so that they are moved and not copied.
UPLOADS_ROOT = DATA / "uploads"
# Who was erased, without a name: beside the database, so that a backup put back erases them again.
ERASURES = DATA / "erasures.txt"
# ClamAV's socket, a path or host:port; empty where there is none, which a check says.
CLAMAV_SOCKET = os.environ.get("CLAMAV_SOCKET", "")
# The private half of the key that signs what passports say: outside the database, readable by the site alone.
PASSPORT_KEY_FILE = Path(os.environ.get("PASSPORT_KEY_FILE") or DATA / "passport-key.pem")
# Whether its first use makes it.
PASSPORT_KEY_IS_MADE = True
# The signed statement of each day; a copy goes to ACCOUNTING_EMAIL, or where there is none to the treasurers.
STATEMENTS = DATA / "releves"
ACCOUNTING_EMAIL = os.environ.get("ACCOUNTING_EMAIL", "")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PRIVATE_ROOT), "base_url": "/prive/", "file_permissions_mode": 0o640},
    },
    "staticfiles": {"BACKEND": "actess.storage.SiteStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# How many proxies of ours stand before the site; none on a machine of one's own.
TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXY_COUNT", "0"))

SENDFILE_BACKEND = "private_files.sendfile"
SENDFILE_URL = ""
# Whether this process sends what is under MEDIA_URL; online, the web server does.
SERVE_MEDIA = False

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    "form-action": [CSP.SELF],
}
# The editors' interface of Wagtail carries inline scripts and styles of its own.
ADMIN_CSP = {
    **SECURE_CSP,
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "media-src": [CSP.SELF, "blob:"],
    "frame-src": [CSP.SELF],
}
LIVE_PAGES_ASK_EVERY = "30s"  # whether what an open page shows has changed; as htmx writes it
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

MAIL_ROOT = DATA / "mail"
SHOW_MAIL = False
SHOW_STYLEGUIDE = False
# The certificate that seals printed papers, a PKCS#12 file with its key; empty where there is none.
ACTESS_SEAL_FILE = os.environ.get("ACTESS_SEAL_FILE", "")
ACTESS_SEAL_PASSWORD = os.environ.get("ACTESS_SEAL_PASSWORD", "")
# The function that sends short messages, by its dotted path; empty where none are sent.
ACTESS_SMS = os.environ.get("ACTESS_SMS", "")
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Actess <ne-pas-repondre@example.org>")

ADMIN_PREFIX = "/gestion/"
WAGTAIL_SITE_NAME = "Actess"
# One login for everybody, with its second factor: Wagtail's own has none.
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "/compte/connexion/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "http://localhost:8000")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français")]
WAGTAILIMAGES_IMAGE_MODEL = "pages.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "pages.library.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "pages.File"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "pages.library.forms.FileForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# `private_files` sets a policy that lets browsers show a PDF and nothing else.
WAGTAILDOCS_BLOCK_EMBEDDED_CONTENT = False
WAGTAILDOCS_MAX_UPLOAD_SIZE = 40 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILMEDIA = {
    "MEDIA_MODEL": "pages.Film",
    "MEDIA_FORM_BASE": "pages.library.forms.FilmForm",
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
}
# Prefix redirects of our own (`pages.moved`): the stock ones build one statement as long as the section.
WAGTAILREDIRECTS_AUTO_CREATE = False
TAGGIT_CASE_INSENSITIVE = True

WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "pages.search.backend"}
    | ({"SEARCH_CONFIG": "french_unaccent", "AUTOCOMPLETE_CONFIG": "simple_unaccent"} if POSTGRESQL else {})
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "UNAUTHENTICATED_USER": None,
}
WAGTAILAPI_LIMIT_MAX = 100
