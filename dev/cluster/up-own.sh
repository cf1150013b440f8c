#!/usr/bin/env bash
# Brings up the own one-node cluster: programs, certificates, the node, DNS, volumes.
set -euo pipefail
source "$(dirname "$0")/settings.sh"
source "$(dirname "$0")/report.sh"
source "$(dirname "$0")/process.sh"

readonly BEGUN=$EPOCHREALTIME
export KUBECONFIG="$CLUSTER_KUBECONFIG"

check_machine() {
  [[ "$(id -u)" == 0 ]] ||
    die "an own cluster needs root: run as root, or set KEIZOKU_CLUSTER=existing and KUBECONFIG."
  [[ "$(uname -s)" == Linux ]] || die "an own cluster needs Linux: use kind with Docker."
  [[ -e /sys/fs/cgroup/memory || -e /sys/fs/cgroup/cgroup.controllers ]] ||
    die "no control groups at /sys/fs/cgroup: mount them, containers need them."
}

load_kernel_modules() {
  command -v modprobe >/dev/null || return 0
  # Built into many kernels; where they are truly missing, containerd says so.
  modprobe -aq overlay br_netfilter veth bridge || true
}

start_machine() {
  local launcher machine
  rm -f "$STATE/machine.pid"
  save_kernel_settings
  # A clean environment: a proxy setting would send the node's own traffic elsewhere.
  # File 9 is the lock of up.sh, which must not live as long as the cluster.
  setsid env -i HOME="$HOME" PATH="$PATH" LANG=C KEIZOKU_CACHE="$CACHE" KEIZOKU_GPUS="$NODE_GPUS" \
    KEIZOKU_API_PORT="$API_PORT" KEIZOKU_ETCD_PORT="$ETCD_PORT" \
    KEIZOKU_ETCD_PEER_PORT="$ETCD_PEER_PORT" \
    unshare --mount --propagation private --pid --mount-proc --fork --kill-child \
    "$DEV_CLUSTER/machine.sh" </dev/null >>"$STATE/logs/machine.log" 2>&1 9>&- &
  launcher=$!
  record_process "$launcher" "$STATE/launcher.pid"
  wait_for 10 grep -q . "/proc/$launcher/task/$launcher/children" ||
    die "the node did not start: see $STATE/logs/machine.log."
  machine="$(tr -d ' ' <"/proc/$launcher/task/$launcher/children")"
  record_process "$machine" "$STATE/machine.pid"
  wait_for 120 api_ready_or_machine_gone
  kubectl get --raw /readyz >/dev/null ||
    die "the API server does not answer: see $STATE/logs/machine.log and kube-apiserver.log there."
}

api_ready_or_machine_gone() {
  kubectl get --raw /readyz || ! recorded_process "$STATE/machine.pid"
}

# The kubelet changes these for the whole machine; cluster-down puts the old values back.
save_kernel_settings() {
  local name
  for name in kernel/panic kernel/panic_on_oops vm/overcommit_memory vm/panic_on_oom; do
    echo "$name $(<"/proc/sys/$name")"
  done >"$STATE/kernel-settings"
}

node_ready() { kubectl wait --for=condition=Ready "node/$NODE_NAME" --timeout=1s; }

wait_for_node() {
  wait_for 90 node_ready || die "the node is not Ready: see $STATE/logs/kubelet.log."
}

start_dns() {
  kubectl apply -f "$DEV_CLUSTER/manifests/dns.yaml" >/dev/null
  kubectl -n kube-system rollout status deployment/coredns --timeout=90s >/dev/null
}

wait_for_gpus() {
  wait_for 60 gpus_allocatable || die "the node does not show its GPUs: see $STATE/logs/node-gpus.log."
}

gpus_allocatable() {
  [[ "$(kubectl get node "$NODE_NAME" -o 'jsonpath={.status.allocatable.nvidia\.com/gpu}')" == "$NODE_GPUS" ]]
}

check_machine
use_debian_libraries
if recorded_process "$STATE/machine.pid" >/dev/null && kubectl get --raw /readyz >/dev/null 2>&1; then
  say "the cluster is up already"
else
  step "programs from Debian packages" "$DEV_CLUSTER/debian-packages.sh"
  "$DEV_CLUSTER/go-programs.sh" kubernetes coredns pause
  step "images of the cluster's own pods" "$DEV_CLUSTER/base-images.sh" pause coredns busybox
  mkdir -p "$STATE/logs"
  step "certificates" "$DEV_CLUSTER/certificates.sh"
  load_kernel_modules
  step "etcd and API server" start_machine
fi
step "images into the node" "$DEV_CLUSTER/import-images.sh" "$IMAGES"/{pause,coredns,busybox}.tar
step "node ready" wait_for_node
step "DNS" start_dns
step "volumes" "$DEV_CLUSTER/volumes.sh"
step "GPUs on the node" wait_for_gpus
echo own >"$STATE/kind"
say "$(printf 'Kubernetes v%s is up after %s s' "$KUBERNETES_VERSION" "$(seconds_since "$BEGUN")")"
echo "export KUBECONFIG=$CLUSTER_KUBECONFIG PATH=$BIN:\$PATH"
