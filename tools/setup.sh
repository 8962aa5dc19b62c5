#!/bin/sh
# Make .venv and install what is missing; quiet and quick when nothing is. May be killed at any moment and run again.
# usage: tools/setup.sh run|test
set -eu
cd "$(dirname "$0")/.."

case ${1:-run} in
run)
    locks="requirements.lock" lists="tools/packages-run.txt"
    without="the site runs, but cannot make PDFs or lacks fonts for some scripts" ;;
test) # requirements-dev.lock holds all of requirements.lock
    locks="requirements-dev.lock requirements.lock" lists="tools/packages-run.txt tools/packages-test.txt"
    without="parts of the tests are not run" ;;
*)
    echo "usage: tools/setup.sh run|test" >&2
    exit 2 ;;
esac
lock=${locks%% *} stamp=.venv/installed unfinished=.venv/unfinished

say() { printf '%s\n' "$*" >&2; }

as_root() { # fails where neither root nor sudo without a password is at hand
    sudo=
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    $sudo env DEBIAN_FRONTEND=noninteractive "$@" 9<&- # a server that a package starts must not keep our lock
}

apt_install() {
    command -v apt-get >/dev/null && as_root true 2>/dev/null || return 1
    say "Installing Debian packages: $*"
    set -- -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "$@"
    as_root dpkg --configure -a >/dev/null || return 1 # an earlier run may have been killed half-way
    as_root apt-get -qq update >&2 || say "apt-get update failed; trying with the lists that are there."
    as_root apt-get "$@" >/dev/null
}

# --- Python and .venv ---

usable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for python in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do
        if usable "$python"; then return 0; fi
    done
    return 1
}

make_venv() {
    if ! find_python; then
        apt_install python3-venv || true
        find_python || {
            say "Undersigned needs Python 3.11 or newer. Install it (Debian: apt-get install python3-venv), or say where" \
                "it is: PYTHON=/path/to/python make setup"
            exit 1
        }
    fi
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        apt_install "$package" || {
            say "Python's venv module is missing. Install it with: sudo apt-get install $package"
            exit 1
        }
    fi
    say "Making .venv with $("$python" --version)"
    rm -rf .venv
    mkdir .venv
    touch "$unfinished"
    "$python" -m venv .venv
}

sum() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi; }

installed() { for file in $locks; do grep -qsxF "$(sum "$file")" "$stamp" || return 1; done; }

if command -v flock >/dev/null; then # two commands started together take turns
    exec 9<tools/setup.sh
    flock 9
fi

if [ -e "$unfinished" ] || ! .venv/bin/python -c 'import pip' 2>/dev/null || ! usable .venv/bin/python; then make_venv; fi

if ! installed; then
    say "Installing Python packages from $lock (a minute or so the first time)"
    touch "$unfinished" # stays only if this is killed: pip takes a half-copied package for a whole one
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r "$lock" || {
        rm -f "$unfinished" # pip itself gave up: it downloads everything before it changes anything
        say "The Python packages could not be installed; see above."
        exit 1
    }
    for file in $locks; do sum "$file"; done >"$stamp"
    rm -f "$unfinished"
fi

# --- Debian packages ---

missing() { .venv/bin/python tools/missing_packages.py $lists | xargs; }

packages=$(missing)
if [ -n "$packages" ]; then
    apt_install $packages || for package in $packages; do apt_install "$package" || true; done
    packages=$(missing)
fi
if [ -n "$packages" ]; then
    say "MISSING: $packages. Until they are there, $without."
    say "Install them with: sudo apt-get install --no-install-recommends $packages"
fi
