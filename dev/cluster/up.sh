#!/usr/bin/env bash
# make cluster: brings up a one-node Kubernetes, or names the one that is to be used. Safe to repeat.
#   KEIZOKU_CLUSTER=existing   the cluster of $KUBECONFIG, as it is
#   KEIZOKU_CLUSTER=kind       kind, on Docker
#   KEIZOKU_CLUSTER=own        one made here of Debian packages and Go modules
#   KEIZOKU_WITH=kueue         with Kueue in it, built from its Go module (minutes, the first time)
# Unset: kind where a Docker engine answers, otherwise an own one.
set -euo pipefail
source "$(dirname "$0")/settings.sh"
source "$(dirname "$0")/report.sh"

choose() {
  if [[ -n "${KEIZOKU_CLUSTER:-}" ]]; then
    echo "$KEIZOKU_CLUSTER"
  elif [[ ! -f "$STATE/machine.pid" ]] && docker info >/dev/null 2>&1; then
    echo kind
  else
    echo own
  fi
}

mkdir -p "$CACHE"
# Two at once would start two nodes: the second one waits and finds the first one's.
exec 9>"$CACHE/cluster.lock"
flock 9
case "$(choose)" in
  existing) "$DEV_CLUSTER/up-existing.sh" ;;
  kind) "$DEV_CLUSTER/up-kind.sh" ;;
  own) "$DEV_CLUSTER/up-own.sh" ;;
  *) die "KEIZOKU_CLUSTER=$KEIZOKU_CLUSTER is unknown: use existing, kind or own." ;;
esac
case "${KEIZOKU_WITH:-}" in
  "") ;;
  kueue) "$DEV_CLUSTER/kueue.sh" ;;
  *) die "KEIZOKU_WITH=$KEIZOKU_WITH is unknown: use kueue, or leave it out." ;;
esac
