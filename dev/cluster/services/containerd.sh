#!/usr/bin/env bash
# The container runtime, in the node's network.
set -euo pipefail
source "$(dirname "$0")/../settings.sh"

# restrict_oom_score_adj: a root without CAP_SYS_RESOURCE may not lower it, and runc would fail with
# "can't get final child's PID from pipe: EOF".
cat >"$STATE/containerd.toml" <<TOML
version = 2
root = "$IMAGE_STORE"
state = "/run/containerd"
disabled_plugins = [
  "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper",
  "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.aufs",
]
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "docker.io/keizoku/pause:1"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "$CACHE/cni"
    conf_dir = "$STATE/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = false
TOML
mkdir -p "$STATE/cni"
# ipMasq false: a packet for somewhere else keeps its pod address and dies on this machine.
cat >"$STATE/cni/10-pods.conflist" <<JSON
{
  "cniVersion": "0.4.0",
  "name": "pods",
  "plugins": [
    {
      "type": "bridge", "bridge": "cni0", "isGateway": true, "ipMasq": false, "hairpinMode": true,
      "ipam": {
        "type": "host-local", "dataDir": "/run/cni",
        "ranges": [[{ "subnet": "$POD_RANGE" }]], "routes": [{ "dst": "0.0.0.0/0" }]
      }
    },
    { "type": "portmap", "capabilities": { "portMappings": true } }
  ]
}
JSON
exec nsenter --net=/run/netns/node containerd --config "$STATE/containerd.toml"
