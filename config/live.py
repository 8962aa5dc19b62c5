"""Does the web process of this machine answer? `python -m config.live` exits 0 if so: the container's health check."""

import http.client
import os
import sys
from urllib.parse import urlsplit

DEFAULT_PORT = 8000


def port() -> int:
    return int(os.environ.get("PORT") or DEFAULT_PORT)


def answers(port: int) -> bool:
    """Ask on loopback, under the site's own name: under any other, ALLOWED_HOSTS may refuse."""
    name = urlsplit(os.environ.get("SITE_URL", "")).netloc or f"127.0.0.1:{port}"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/healthz/live", headers={"Host": name})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not answers(port()))
