"""Settings: wiring only. Every value that differs per installation comes from the environment."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from mtvp.privacy.local_keys import keys_for

env = environ.Env()


def origin_of(url: str) -> str:
    """The part of an address that a content security policy names."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = Path(env("MTVP_LOCAL_DIR", default=str(BASE_DIR / ".local")))
PRODUCTION = env.bool("MTVP_PRODUCTION", default=False)
DEMO = env.bool("MTVP_DEMO", default=False)

# Keys come from the environment; a laptop without them makes its own, outside the database.
_keys = keys_for(LOCAL_DIR, os.environ, required=PRODUCTION)
SECRET_KEY = _keys.secret
ENCRYPTION_KEYS = _keys.encryption
HASH_KEY = _keys.hashing

DEBUG = env.bool("MTVP_DEBUG", default=False)
ALLOWED_HOSTS = env.list("MTVP_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("MTVP_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "practices.admin_config.ReferenceAdminConfig",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "mtvp",
    "practices",
    "interventions",
    "highusers",
    "training",
    "monitoring",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "practices.trail.origin.remember_origin",
    "practices.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "practices.idle.middleware.ClosedUnlessOpened",
    "allauth.account.middleware.AccountMiddleware",
    "practices.middleware.second_factor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "practices.middleware.private_pages",
]

ROOT_URLCONF = "mtvp.urls"
WSGI_APPLICATION = "mtvp.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "practices.context.frame",
                "monitoring.navigation.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Two log-ins on one database: the application's is restricted and subject to row-level security,
# the owner's migrates. Tests build one database, through the owner.
_unset = "postgres://mtvp_app@127.0.0.1:1/mtvp"
DATABASES = {
    "default": {
        **env.db_url("DATABASE_URL", default=_unset),
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"MIRROR": "owner"},
    },
    "owner": {
        **env.db_url("DATABASE_OWNER_URL", default=_unset),
        "ENGINE": "django.db.backends.postgresql",
        "TEST": {"DEPENDENCIES": []},
    },
}
# The same restricted log-in once more: what must stand even when the work around it is undone.
DATABASES["trail"] = {**DATABASES["default"], "CONN_MAX_AGE": 0}
DATABASE_ROUTERS = ["practices.routers.MigrateAsOwner"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:1/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_BEAT_SCHEDULE = {
    "seal-trail": {"task": "practices.tasks.seal_trail", "schedule": crontab(minute="*/10")},
    "delete-what-is-due": {
        "task": "practices.tasks.delete_what_is_due",
        "schedule": crontab(hour="3", minute="30"),
    },
    "open-trail-months": {
        "task": "practices.tasks.open_trail_months",
        "schedule": crontab(hour="3", minute="10"),
    },
    "expire-uploads": {"task": "highusers.tasks.expire_uploads", "schedule": crontab(minute="*/5")},
    "region-effect": {
        "task": "highusers.effect.tasks.compute_each_night",
        "schedule": crontab(hour="2", minute="40"),
    },
    "look-at-left-documents": {
        "task": "interventions.examples.tasks.look_at_left_documents",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "expire-spreadsheets": {
        "task": "monitoring.region_import.tasks.expire_uploads",
        "schedule": crontab(minute="*/5"),
    },
    "send-session-mail": {
        "task": "training.mail.tasks.send_waiting",
        "schedule": timedelta(seconds=15),
        "options": {"expires": 15},
    },
    # Hourly, for a worker that was away; what was written before is not written again.
    "write-session-reminders": {
        "task": "training.mail.tasks.remind",
        "schedule": crontab(hour="8-20", minute="0"),
    },
    "write-weekly-mail": {
        "task": "practices.mailing.tasks.write_weekly_mail",
        "schedule": crontab(day_of_week="mon", hour="7-11", minute="0"),
    },
    "write-reminders": {
        "task": "practices.mailing.tasks.write_reminders",
        "schedule": crontab(hour="8-20", minute="0"),
    },
    "send-personal-mail": {
        "task": "practices.mailing.tasks.send_personal_mail",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "send-joining-mail": {
        "task": "practices.joining.tasks.send_waiting",
        "schedule": timedelta(seconds=15),
        "options": {"expires": 15},
    },
    "send-visit-mail": {
        "task": "monitoring.visit_planning.tasks.send_visit_mail",
        "schedule": timedelta(seconds=15),
        "options": {"expires": 15},
    },
    # Every day of January, for a worker that was away; what was asked before is left alone.
    "prepare-report-drafts": {
        "task": "monitoring.report.tasks.prepare_drafts",
        "schedule": crontab(month_of_year="1", hour="4", minute="0"),
    },
    "recover-reports": {
        "task": "monitoring.report.tasks.recover_builds",
        "schedule": crontab(minute="*/5"),
    },
}

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}

AUTH_USER_MODEL = "practices.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
# Rate limits and the trail go by the client's address: behind a proxy, the one that it names.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("MTVP_PROXIES", default=0)
ACCOUNT_ADAPTER = "practices.accounts.InvitedOnly"
ACCOUNT_FORMS = {"login": "practices.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# "apply" is the public form to join; the others are the library's own.
ACCOUNT_RATE_LIMITS = {"apply": "20/h/ip,3/d/key"}
ACCOUNT_LOGOUT_ON_GET = False
MFA_ADAPTER = "practices.accounts.EncryptedSecrets"
MFA_FORMS = {"activate_totp": "practices.forms.SetUpAppForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "MTVP"
SECOND_FACTOR_REQUIRED = PRODUCTION or not DEMO

# An outside identity provider (ZORG-ID, Dezi) by configuration alone; it opens accounts that exist.
OIDC_ISSUER = env("MTVP_OIDC_ISSUER", default="")
SOCIALACCOUNT_ADAPTER = "practices.accounts.KnownAccountsOnly"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env("MTVP_OIDC_NAME", default="OpenID"),
                "client_id": env("MTVP_OIDC_CLIENT_ID", default=""),
                "secret": env("MTVP_OIDC_SECRET", default=""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "practices.errors.form_refused"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *([origin_of(OIDC_ISSUER)] if OIDC_ISSUER else [])],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "mtvp_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env("MTVP_STATIC_ROOT", default=str(LOCAL_DIR / "static")))
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# Outside the database and its backups: raw uploads (encrypted, an hour at most).
PRIVATE_DIR = Path(env("MTVP_PRIVATE_DIR", default=str(LOCAL_DIR / "private")))
# Finished reports: no patient data, kept.
REPORT_DIR = Path(env("MTVP_REPORT_DIR", default=str(LOCAL_DIR / "reports")))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 65 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# Without a mail server, mail is a file in the local folder: readable, and nothing leaves.
globals().update(env.email_url("MTVP_EMAIL_URL", default=f"filemail:///{LOCAL_DIR / 'mail'}"))
# The address of the product in mail that a worker sends, where no request tells it.
SITE_URL = env("MTVP_SITE", default=f"http://127.0.0.1:{env('PORT', default='8000')}").rstrip("/")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("MTVP_EMAIL_FROM", default="MTVP <mtvp@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "mtvp.privacy.log_lines.WithoutContents",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("MTVP_LOG_LEVEL", default="WARNING")},
}
# The version of the processing agreement that a practice agrees to before its first upload.
AGREEMENT_VERSION = env("MTVP_AGREEMENT_VERSION", default="1")
HELP_PHONE = env("MTVP_HELP_PHONE", default="013 000 00 00")
