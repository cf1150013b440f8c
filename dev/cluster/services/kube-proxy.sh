#!/usr/bin/env bash
# Services, in the node's network. The conntrack limits belong to the whole machine: left alone.
set -euo pipefail
source "$(dirname "$0")/../settings.sh"

exec nsenter --net=/run/netns/node kube-proxy --kubeconfig "$STATE/pki/kube-proxy.kubeconfig" \
  --hostname-override "$NODE_NAME" --proxy-mode iptables --cluster-cidr "$POD_RANGE" \
  --conntrack-max-per-core 0 --conntrack-tcp-timeout-established 0 \
  --conntrack-tcp-timeout-close-wait 0
