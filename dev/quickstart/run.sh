#!/usr/bin/env bash
# The main job, as a user would do it: sources into MinIO, five resources by kubectl apply, then watch and show.
# Needs: a cluster with the chart installed (make quickstart sees to that) and KUBECONFIG.
set -euo pipefail
cd "$(dirname "$0")/../.."
source dev/cluster/settings.sh
source dev/install/kubeconfig.sh
source dev/quickstart/kube.sh
source dev/quickstart/watch.sh
source dev/quickstart/results.sh

started=$SECONDS
kube create namespace "$NAMESPACE" --dry-run=client -o yaml | kube apply -f - >/dev/null
copy_storage_secret
forward_minio
echo "Copying the sources and the tokenizer into MinIO"
with_credentials dev/run store upload examples/quickstart/data s3://keizoku/quickstart/data
with_credentials dev/run store upload examples/quickstart/tokenizer s3://keizoku/quickstart/tokenizer
echo "kubectl apply -n $NAMESPACE -f examples/quickstart/"
kube -n "$NAMESPACE" apply -f examples/quickstart/
watch_resources
show_results
fetch_reports
echo "Done in $((SECONDS - started)) s after the cluster was up."
