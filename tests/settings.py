"""The site's settings, with a folder of the tests' own. What a test needs otherwise it sets itself."""

import atexit
import os
import shutil
import tempfile

if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="undersigned-test-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)
os.environ["DEBUG"] = "1"  # so that no manifest of static files is needed; settings.DEBUG itself is off in tests
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop and the ORM share a thread

from config.settings import *  # noqa: F403

STATIC_ROOT = VAR_DIR / "static"  # noqa: F405 - nothing collected: finders serve what journeys need
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
if REDIS_URL and "PYTEST_XDIST_WORKER" in os.environ:  # noqa: F405 - a test that clears its cache clears all of it
    number = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw")) + 1
    CACHES["default"]["LOCATION"] = f"{REDIS_URL.rpartition('/')[0]}/{number}"  # noqa: F405
WHITENOISE_AUTOREFRESH = True  # files are found when asked for; each test's client would list them all again
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # slow hashing is for thieves, not for tests
