#!/usr/bin/env bash
# Says in one sentence what this machine lacks, or nothing.
#   check-tools.sh JAVA_HOME
set -euo pipefail

missing=()
[[ -n "${1:-}" ]] || missing+=("a JDK 25 (set JAVA_HOME, or unpack one below /usr/lib/jvm)")
command -v mvn >/dev/null || missing+=("Maven (apt-get install maven)")
command -v go >/dev/null || missing+=("Go 1.25 or newer (https://go.dev/dl)")
[[ ${#missing[@]} -gt 0 ]] || exit 0
joined="${missing[0]}"
for ((i = 1; i < ${#missing[@]}; i++)); do
  joined+=" and ${missing[i]}"
done
echo "This machine lacks $joined." >&2
exit 1
