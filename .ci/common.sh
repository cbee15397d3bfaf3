# shellcheck shell=bash
# What the gate (.ci/run) and the long gate (.ci/long) share: a copy of what is committed, in a temporary directory that is
# removed at the end, headings with times, and where a Python is. It is sourced, and expects `set -euo pipefail`.

root=$(git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV PYTHONWARNINGS
export PIP_DISABLE_PIP_VERSION_CHECK=1

heading=
began=0
step() {
    if [[ -n $heading ]]; then printf '   (%s s)\n' $((SECONDS - began)); fi
    heading=$1
    began=$SECONDS
    printf '\n=== %s\n' "$heading"
}
fail() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}

# Print the path of a CPython of a version, if it is anywhere here and can make virtual environments.
find_python() {
    local candidate
    for candidate in "python$1" python3 "$HOME"/.pyenv/versions/"$1".*/bin/python; do
        if "$candidate" - "$1" 2>/dev/null <<'PYTHON'; then return 0; fi
import ensurepip, platform, sys, venv
if platform.python_implementation() != "CPython" or "%d.%d" % sys.version_info[:2] != sys.argv[1]:
    sys.exit(1)
print(sys.executable)
PYTHON
    done
    return 1
}

# Copy what is committed to $tree, and say what that is.
copy_tree() {
    mkdir "$tree"
    git -C "$root" archive HEAD | tar -x -C "$tree"
    git -C "$root" log -1 --format='%h %s'
    if [[ -n $(git -C "$root" status --porcelain) ]]; then echo "note: there are uncommitted changes; they are not tested"; fi
}

# Print the versions of the dependencies in a Python's environment.
versions() {
    "$1" -m pip freeze | grep -iE '^(attrs|babel|pycountry|python-dateutil|hypothesis|pytest)==' | paste -sd ' '
}
