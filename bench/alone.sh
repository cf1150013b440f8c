# shellcheck shell=bash
# Sourced by the benchmarks, with CACHE set: two of one at once would measure each other.
mkdir -p "${CACHE:?}"
exec 7>"$CACHE.lock"
flock -n 7 || {
  echo "Another run of this benchmark is going on here: wait for its end." >&2
  exit 1
}
