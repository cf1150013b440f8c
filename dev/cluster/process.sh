# shellcheck shell=bash
# One process that is known by its id and its start time, so that a reused id is never taken for it.
# Sourced, never run.

# record_process PID FILE
record_process() { echo "$1 $(start_time "$1")" >"$2"; }

# recorded_process FILE: prints the id when that very process still runs.
recorded_process() {
  local pid started
  [[ -f "$1" ]] && read -r pid started <"$1" || return 1
  [[ -n "$started" && "$(start_time "$pid")" == "$started" ]] && echo "$pid"
}

# Clock ticks between boot and the start of the process; nothing when it is gone or a zombie.
start_time() {
  # The second field, the name, may hold blanks and ends with the last bracket.
  sed -n 's/^.*) //p' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" { print $20 }' || true
}
