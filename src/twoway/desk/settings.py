"""Django's settings, drawn from the desk's one configuration."""

from pathlib import Path
from typing import Any

from twoway.audit import report
from twoway.desk import configuration

CONFIGURATION = configuration.read()

SECRET_KEY = configuration.secret_key(CONFIGURATION.home)
DEBUG = False
ALLOWED_HOSTS = list(CONFIGURATION.hosts)
ROOT_URLCONF = "twoway.desk.urls"
DATABASES = {"default": configuration.database(CONFIGURATION.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "twoway.desk.team",
    "twoway.desk.channels",
    "twoway.desk.people",
    "twoway.desk.inbox",
    "twoway.desk.pictures",
    "twoway.desk.outbox",
    "twoway.desk.learning",
    "twoway.desk.insight",
    "twoway.desk.privacy",
    "twoway.desk.pages",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "twoway.desk.pages.layout.reader.as_the_reader_likes",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

# One folder per screen holds its templates; those of sign_in take the place of the library's.
PAGES = Path(__file__).parent / "pages"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PAGES, PAGES / "sign_in"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "twoway.desk.pages.stock",
                "twoway.desk.pages.words",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "twoway.desk.pages.layout.frame.framed",
            ],
        },
    },
]

# Signing in: by e-mail address, with a second factor; Argon2 takes 57 ms a try.
AUTH_USER_MODEL = "team.Teammate"
AUTHENTICATION_BACKENDS = ["twoway.desk.team.sign_in.Colleagues"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "twoway.desk.pages.layout.stranded.unsure"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation went to that address already
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # the subject says it
ACCOUNT_ADAPTER = "twoway.desk.team.sign_in.ByInvitation"
MFA_ADAPTER = "twoway.desk.team.sign_in.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Every page would write otherwise, and writers wait for each other.
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_ENGINE = "twoway.desk.team.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIGURATION.is_secure
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if CONFIGURATION.is_secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIGURATION.is_secure else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "static/"
# The report's tokens are the desk's too.
WHITENOISE_USE_FINDERS = True  # straight from the package: nothing to collect after an upgrade
STATICFILES_DIRS = [("look", Path(report.__file__).parent / "look")]

EMAIL_BACKEND, EMAIL = configuration.mail(CONFIGURATION.email)
EMAIL_HOST = EMAIL.host
EMAIL_PORT = EMAIL.port
EMAIL_HOST_USER = EMAIL.user
EMAIL_HOST_PASSWORD = EMAIL.password
EMAIL_USE_TLS = EMAIL.is_tls
DEFAULT_FROM_EMAIL = CONFIGURATION.sender

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Where the desk opened is said already, and that it closed is seen.
    "loggers": {"uvicorn.error": {"level": "WARNING"}},
    "root": {"handlers": ["terminal"], "level": CONFIGURATION.log_level},
}
