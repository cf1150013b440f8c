#!/usr/bin/env bash
# Freezes one service of the own cluster for some seconds, as a machine that hangs would: for tests of
# what happens when the API server, or the scheduler, is away for a while.
#   freeze.sh kube-apiserver 60
set -euo pipefail
source "$(dirname "$0")/settings.sh"
source "$(dirname "$0")/report.sh"
source "$(dirname "$0")/process.sh"

readonly SERVICE="$1" SECONDS_AWAY="$2"
machine="$(recorded_process "$STATE/machine.pid")" || die "the cluster is not up: run make cluster."
[[ -f "$STATE/services/$SERVICE" ]] ||
  die "no service $SERVICE: use one of $(cd "$STATE/services" && echo *)."
# The id is the one that the service has inside the node.
pid="$(<"$STATE/services/$SERVICE")"

signal() { nsenter --target "$machine" --pid bash -c "kill -$1 $pid"; }

trap 'signal CONT' EXIT
signal STOP
say "$SERVICE is frozen for $SECONDS_AWAY s"
sleep "$SECONDS_AWAY"
