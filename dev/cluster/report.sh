# shellcheck shell=bash
# How the scripts speak: one line a step with the seconds it took, one sentence for a fault.
# Sourced, never run.

say() { printf '[cluster] %s\n' "$*" >&2; }

die() {
  printf '[cluster] ERROR: %s\n' "$*" >&2
  trap - EXIT
  exit 1
}

# step "what is done" command...: runs the command and says how long it took.
# The command is not part of a condition, because bash would ignore `set -e` inside it.
step() {
  local what="$1" begun=$EPOCHREALTIME
  shift
  trap 'say_failed "'"$what"'"' EXIT
  "$@"
  trap - EXIT
  say "$(printf '%-60s %6.1f s' "$what" "$(seconds_since "$begun")")"
}

say_failed() { say "FAILED: $1 (the lines above say why)"; }

# The clock has the decimal sign of the user's language.
seconds_since() {
  awk -v a="${1/,/.}" -v b="${EPOCHREALTIME/,/.}" 'BEGIN { printf "%.1f", b - a }'
}

# wait_for SECONDS command...: repeats the command until it succeeds; false when the time is over.
wait_for() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || return 1
    sleep 0.3
  done
}
