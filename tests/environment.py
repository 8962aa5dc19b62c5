"""Set before the settings are read, which happens before any conftest.py: pytest loads this by `-p` (pyproject.toml)."""

import os
import tempfile

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="undersigned-test-"))
os.environ.setdefault("DEBUG", "1")  # so that no manifest of static files is needed; settings.DEBUG is off in tests
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop and the ORM share a thread
