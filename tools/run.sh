#!/bin/sh
# Set up what is missing and start everything; `make run` calls this.
set -eu
cd "$(dirname "$0")/.."
tools/setup.sh run

# Embedded, the demonstration and the mail page are what one wants to see; a site with its own database says so itself.
told() { printenv "$1" >/dev/null || grep -qsE "^[[:space:]]*(export[[:space:]]+)?$1[[:space:]]*=" .env; }
if ! told DEBUG && ! told DATABASE_URL; then export DEBUG=1; fi

exec .venv/bin/python manage.py up --with-parent
