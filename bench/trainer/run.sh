#!/usr/bin/env bash
# The trainer against transformers + DeepSpeed; see README.md. Options: run.sh --help
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
readonly CACHE="${KEIZOKU_CACHE:-$HOME/.cache/keizoku}/bench/trainer"
export TORCH_EXTENSIONS_DIR="$CACHE/deepspeed-kernels"
export DS_ACCELERATOR=cpu

# DeepSpeed compiles its kernels at first use and would wait for ever for a compilation that was
# interrupted, so they are made here first.
compile_kernels() {
  command -v c++ >/dev/null || {
    echo "DeepSpeed compiles its AdamW with a C++ compiler: install one (Debian: g++)." >&2
    exit 1
  }
  rm -f "$TORCH_EXTENSIONS_DIR"/*/lock
  "$python" -c 'from deepspeed.ops.op_builder.cpu import FusedAdamBuilder, ShareMemCommBuilder
for kernel in (FusedAdamBuilder, ShareMemCommBuilder):
    kernel().load(verbose=False)' >&2
}

python="$("$here/../../dev/python/venv.sh" bench | tail -n 1)"
PATH="$(dirname "$python"):$PATH" # ninja
export PATH
source "$here/../alone.sh"
compile_kernels
exec "$python" "$here/run.py" "$@"
