"""Production settings for a measurement, with the static files collected beside its database instead of in the tree."""

from config.settings import *  # noqa: F403
from config.settings import VAR_DIR

STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
