#!/bin/sh
# The steps of the container image, one a call, in this order; the Dockerfile calls them, and so can anyone without
# Docker. "packages" and "user" need root, "packages" and "python" the network, "static" neither.
# usage: tools/image_steps.sh packages|python|user|static
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python}

case ${1:-} in
packages)
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update
    sed -n 's/^\([a-z0-9][^ ]*\) .*/\1/p' tools/packages-run.txt |
        xargs apt-get install -y -qq --no-install-recommends >/dev/null
    rm -rf /var/lib/apt/lists/* ;;
python)
    "$python" -m pip install -q --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock ;;
user) # owns nothing but the folders of its documents and, for others to read, of the published letters
    useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin undersigned
    install -d -m 700 -o undersigned var var/documents
    install -d -m 755 -o undersigned var/published ;;
static) # the secrets that settings make up for this go with their folder
    VAR_DIR=$(mktemp -d)
    export VAR_DIR
    trap 'rm -rf "$VAR_DIR"' EXIT
    "$python" manage.py collectstatic --no-input --verbosity 0 ;;
*)
    echo "usage: tools/image_steps.sh packages|python|user|static" >&2
    exit 2 ;;
esac
