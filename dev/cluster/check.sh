#!/usr/bin/env bash
# make cluster-check: runs two pods that try what a pod needs, and says what they found.
set -euo pipefail
source "$(dirname "$0")/settings.sh"
source "$(dirname "$0")/report.sh"

readonly NAMESPACE=keizoku-check
[[ -f "$CLUSTER_KUBECONFIG" ]] || die "the local cluster is not up: run make cluster."
export KUBECONFIG="$CLUSTER_KUBECONFIG"

remove() { kubectl delete namespace "$NAMESPACE" --ignore-not-found >/dev/null; }

client_phase() { kubectl -n "$NAMESPACE" get pod client -o 'jsonpath={.status.phase}'; }

client_ended() { [[ "$(client_phase)" =~ Succeeded|Failed ]]; }

run_pods() {
  kubectl apply -f "$DEV_CLUSTER/manifests/check.yaml" >/dev/null
  wait_for 60 client_ended || die "the pods did not run: kubectl -n $NAMESPACE describe pods."
  kubectl -n "$NAMESPACE" logs client
  [[ "$(client_phase)" == Succeeded ]]
}

remove
step "two pods on the cluster" run_pods
remove
"$DEV_CLUSTER/volumes.sh"
