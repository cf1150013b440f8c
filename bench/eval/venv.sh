#!/usr/bin/env bash
# Makes the Python environment of lm-evaluation-harness on top of dev/python/venv.sh's, all versions
# pinned. Does nothing when it is there already. The last line is the path of its python.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
readonly CACHE="${KEIZOKU_CACHE:-$HOME/.cache/keizoku}/bench/eval"
mkdir -p "$CACHE"
exec 8>"$CACHE.venv.lock" # two callers at once build it once
flock 8

base="$("$here/../../dev/python/venv.sh" | tail -n 1)"
folder="$CACHE/venv-$( (cat "$here/requirements.txt" && echo "$base") | sha256sum | cut -c1-12)"
if [[ ! -f "$folder/.complete" ]]; then
  rm -rf "$folder"
  "$base" -m venv "$folder"
  # What it has of its own comes first, the rest is the other's.
  "$base" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
    >"$("$folder/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/base.pth"
  "$folder/bin/python" -m pip --disable-pip-version-check --quiet install --no-deps \
    --no-build-isolation -r "$here/requirements.txt"
  touch "$folder/.complete"
fi
echo "$folder/bin/python"
