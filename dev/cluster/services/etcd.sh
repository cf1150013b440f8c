#!/usr/bin/env bash
# The cluster's database.
set -euo pipefail
source "$(dirname "$0")/../settings.sh"

exec etcd --name "$NODE_NAME" --data-dir "$STATE/etcd" \
  --listen-client-urls "https://127.0.0.1:$ETCD_PORT" \
  --advertise-client-urls "https://127.0.0.1:$ETCD_PORT" \
  --client-cert-auth --trusted-ca-file "$STATE/pki/ca.crt" \
  --cert-file "$STATE/pki/etcd.crt" --key-file "$STATE/pki/etcd.key" \
  --listen-peer-urls "http://127.0.0.1:$ETCD_PEER_PORT" \
  --initial-advertise-peer-urls "http://127.0.0.1:$ETCD_PEER_PORT" \
  --initial-cluster "$NODE_NAME=http://127.0.0.1:$ETCD_PEER_PORT" \
  --quota-backend-bytes $((4 << 30)) --auto-compaction-retention 1
