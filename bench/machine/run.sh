#!/usr/bin/env bash
# The machine's matrix product rate, in torch and through the trainer: the limit of any step.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
python="$("$here/../../dev/python/venv.sh" | tail -n 1)"
cpu="$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
echo "$(nproc) cores, $cpu, load $(cut -d' ' -f1 /proc/loadavg)"
for threads in 1 "$(nproc)"; do
  "$python" "$here/gemm.py" "$threads"
  "$here/../trainer/java.sh" "$here/Gemm.java" "$threads"
done
