#!/usr/bin/env bash
# The controllers. Its default of 20 requests a second would be the limit of every load test.
set -euo pipefail
source "$(dirname "$0")/../settings.sh"
readonly PKI="$STATE/pki"

exec kube-controller-manager --kubeconfig "$PKI/kube-controller-manager.kubeconfig" \
  --leader-elect=false --bind-address 127.0.0.1 --secure-port 0 \
  --use-service-account-credentials \
  --service-account-private-key-file "$PKI/service-accounts.key" --root-ca-file "$PKI/ca.crt" \
  --cluster-signing-cert-file "$PKI/ca.crt" --cluster-signing-key-file "$PKI/ca.key" \
  --kube-api-qps 100 --kube-api-burst 200
