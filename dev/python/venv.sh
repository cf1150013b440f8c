#!/usr/bin/env bash
# Makes the Python environment that golden values, exported models and the trainer's benchmark are
# checked with: CPU torch and transformers, all versions pinned.
#   venv.sh [bench]      bench: with DeepSpeed
# Does nothing when it is there already. The last line is the path of its python.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
readonly here
readonly CACHE="${KEIZOKU_CACHE:-$HOME/.cache/keizoku}"

say() { echo "venv: $*" >&2; }
die() {
  echo "venv: $*" >&2
  exit 1
}

find_python() {
  local candidate
  for candidate in python3.11 python3 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
      "$candidate" -c 'import sys; print(sys.executable)'
      return
    fi
  done
  die "this needs Python 3.11 (the versions are pinned for it): put python3.11 on the PATH."
}

# The name says what is inside, so that a change of versions makes a new environment.
digest_of() {
  cat "$@" "$here/torch-cpu.sh" "$here/venv.sh" | sha256sum | cut -c1-12
}

site_packages() {
  "$1/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))'
}

# PyPI's torch for x86_64 is the CUDA build, which does not load by itself.
without_gpu() {
  local folder="$1"
  shift
  if command -v cc >/dev/null && command -v nm >/dev/null; then
    "$here/torch-cpu.sh" "$(site_packages "$folder")"
  else
    say "no C compiler (Debian: apt-get install gcc): downloading NVIDIA's libraries too (2 GB)"
    "$@" --no-cache-dir --only-binary :all: -r "$here/requirements-nvidia.txt"
  fi
}

build() {
  local python="$1" folder="$2" bench="$3" pip
  rm -rf "$folder"
  "$python" -m venv "$folder" ||
    die "python's venv module does not work here (Debian: apt-get install python3-venv)."
  pip=("$folder/bin/python" -m pip --disable-pip-version-check --quiet install --no-deps)
  say "downloading torch (0.8 GB) and transformers from the package index"
  "${pip[@]}" --no-cache-dir --only-binary :all: -r "$here/requirements.txt"
  if [[ "$(uname -sm)" == "Linux x86_64" ]]; then
    without_gpu "$folder" "${pip[@]}"
  fi
  if [[ "$bench" == bench ]]; then
    say "adding DeepSpeed"
    # DeepSpeed comes as source and its setup looks at the torch that is installed.
    DS_ACCELERATOR=cpu "${pip[@]}" --no-build-isolation -r "$here/requirements-bench.txt"
  fi
  "$folder/bin/python" -c 'import torch, transformers; assert not torch.cuda.is_available()' ||
    die "torch does not load: see the message above."
  touch "$folder/.complete"
}

bench="${1:-}"
[[ -z "$bench" || "$bench" == bench ]] || die "unknown argument '$bench': venv.sh [bench]"
requirements=("$here/requirements.txt")
[[ -z "$bench" ]] || requirements+=("$here/requirements-bench.txt")
folder="$CACHE/venv-$(digest_of "${requirements[@]}")"

mkdir -p "$CACHE"
exec 9>"$folder.lock" # two callers at once build it once
flock 9
if [[ -f "$folder/.complete" ]]; then
  say "already there: $folder"
else
  python="$(find_python)"
  started=$SECONDS
  say "making $folder"
  build "$python" "$folder" "$bench"
  say "$(du -sh "$folder" | cut -f1) in $((SECONDS - started)) s"
fi
echo "$folder/bin/python"
