"""The site's settings, in a folder of the test run's own: nothing of a real site is read or written."""

from __future__ import annotations

import os
import tempfile

os.environ["GOLDTHREAD_DATA"] = tempfile.mkdtemp(prefix="goldthread-site-tests-")
os.environ.setdefault("GOLDTHREAD_SECRET", "a secret for tests and for nothing else at all")

from goldthread.config.settings import *  # noqa: F403 - Django wants them as names of one module

# Working out a real hash takes a tenth of a second each time, on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir()  # noqa: F405 - from the settings above
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
