#!/bin/sh
# Write the lock files anew: one for all platforms and Python versions, with the hash of every file.
set -eu
cd "$(dirname "$0")/.."
for name in requirements requirements-dev; do
    .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
        "$name.txt" -o "$name.lock"
done
