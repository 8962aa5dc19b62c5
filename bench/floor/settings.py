import os
from pathlib import Path

import environ

SECRET_KEY = "nothing here is signed"  # noqa: S105
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "bench.floor.urls"
MIDDLEWARE: list[str] = []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
USE_TZ = True
DATABASES = {"default": environ.Env.db_url_config(os.environ["DATABASE_URL"])}
DATABASES["default"].update(CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True)
PAGE = Path(os.environ["FLOOR_PAGE"]).read_bytes() if os.environ.get("FLOOR_PAGE") else b""
