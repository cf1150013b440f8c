#!/usr/bin/env bash
# make install: the chart into the cluster, with MinIO, and waits until both answer. Safe to repeat.
#   KEIZOKU_VALUES=my.yaml   further values
set -euo pipefail
source "$(dirname "$0")/../cluster/settings.sh"
source "$(dirname "$0")/../cluster/report.sh"
cd "$(dirname "$0")/../.."
source dev/install/kubeconfig.sh

values=()
[[ -z "${KEIZOKU_VALUES:-}" ]] || values=(--values "$KEIZOKU_VALUES")
# The tag stays the same from build to build: what was built tells the Deployment that it is another image.
built=operator/target/jib-image.digest
[[ ! -f "$built" ]] || values+=(--set "podAnnotations.keizoku\.dev/built=$(<"$built")")
command -v helm >/dev/null || dev/cluster/go-programs.sh helm
# Helm never updates what lies in a chart's crds folder.
step "resource definitions" kubectl apply --server-side --force-conflicts -f charts/keizoku/crds/
step "chart keizoku" helm upgrade --install keizoku charts/keizoku \
  --namespace keizoku-system --create-namespace --skip-crds \
  --set minio.enabled=true --set minio.persistence.enabled=true --set minio.persistence.size=10Gi \
  "${values[@]}" --wait --wait-for-jobs --timeout 5m
