#!/usr/bin/env bash
# The node's agent, in the node's network.
set -euo pipefail
source "$(dirname "$0")/../settings.sh"

# Images cannot be pulled again, so none is ever collected. No resolver of this machine is handed to
# pods: they know the cluster's names and nothing else.
: >"$STATE/resolv.conf"
cat >"$STATE/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $NODE_IP
authentication:
  anonymous: { enabled: false }
  webhook: { enabled: true }
  x509: { clientCAFile: $STATE/pki/ca.crt }
authorization: { mode: Webhook }
tlsCertFile: $STATE/pki/kubelet.crt
tlsPrivateKeyFile: $STATE/pki/kubelet.key
cgroupDriver: cgroupfs
failCgroupV1: false
failSwapOn: false
clusterDNS: [$DNS_IP]
clusterDomain: cluster.local
resolvConf: $STATE/resolv.conf
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
enableServer: true
maxPods: 250
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
evictionHard: { memory.available: 100Mi, nodefs.available: 1Gi, imagefs.available: 1Gi }
shutdownGracePeriod: 0s
YAML
exec nsenter --net=/run/netns/node kubelet --config "$STATE/kubelet.yaml" \
  --kubeconfig "$STATE/pki/kubelet.kubeconfig" \
  --hostname-override "$NODE_NAME" --node-ip "$NODE_IP"
