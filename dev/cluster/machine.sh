#!/usr/bin/env bash
# The node as a small machine of its own. Started by up.sh as the first process of a new process
# and mount namespace: it prepares the node's network namespace, starts every service, starts again
# one that dies, and on SIGTERM stops the pods and the services one by one.
#
# Why namespaces: whatever ends this process, even SIGKILL, the kernel then ends every process of the
# cluster, undoes its mounts, and drops its network with all routes and packet filter rules in it.
set -euo pipefail
source "$(dirname "$0")/settings.sh"
source "$(dirname "$0")/report.sh"
source "$(dirname "$0")/machine-folders.sh"
source "$(dirname "$0")/machine-network.sh"

declare -A service_of_pid=()

start() {
  "$DEV_CLUSTER/services/$1.sh" >>"$STATE/logs/$1.log" 2>&1 &
  service_of_pid[$!]="$1"
  echo $! >"$STATE/services/$1"
}

stop() {
  local pid
  for pid in "${!service_of_pid[@]}"; do
    [[ "${service_of_pid[$pid]}" == "$1" ]] || continue
    kill -TERM "$pid" 2>/dev/null || true
    wait_for 5 process_gone "$pid" || kill -KILL "$pid" 2>/dev/null || true
    unset "service_of_pid[$pid]"
  done
}

process_gone() { ! kill -0 "$1" 2>/dev/null; }

# A pod's record stays in the image store when its container is not removed by name.
stop_pods() {
  local id
  for id in $(ctr -n k8s.io tasks list -q); do
    ctr -n k8s.io tasks kill -s SIGKILL "$id" || true
  done
  for id in $(ctr -n k8s.io containers list -q); do
    ctr -n k8s.io tasks delete -f "$id" || true
    ctr -n k8s.io containers delete "$id" || true
  done
}

stop_everything() {
  trap '' TERM INT
  say "stopping"
  local service
  for service in node-gpus kubelet kube-proxy kube-scheduler kube-controller-manager; do
    stop "$service"
  done
  stop_pods >/dev/null 2>&1 || true
  touch "$IMAGE_STORE/clean"
  for service in containerd kube-apiserver etcd; do
    stop "$service"
  done
  say "stopped"
  exit 0
}

# After a crash the image store holds containers that a new cluster would not know: begin anew.
check_image_store() {
  if [[ ! -d "$STATE/etcd" && -d "$IMAGE_STORE" && ! -f "$IMAGE_STORE/clean" ]]; then
    rm -rf "$IMAGE_STORE"
  fi
  mkdir -p "$IMAGE_STORE"
  rm -f "$IMAGE_STORE/clean"
}

# Looks at each in turn: bash's `wait -n` forgets one that ended while another was started again.
supervise() {
  local pid service
  while sleep 1; do
    for pid in "${!service_of_pid[@]}"; do
      process_gone "$pid" || continue
      service="${service_of_pid[$pid]}"
      unset "service_of_pid[$pid]"
      say "$service ended; starting it again (its log: $STATE/logs/$service.log)"
      start "$service"
    done
  done
}

trap stop_everything TERM INT
use_debian_libraries
mkdir -p "$STATE/logs" "$STATE/services"
check_image_store
make_folders_private
make_network
start etcd
start containerd
start kube-apiserver
export KUBECONFIG="$CLUSTER_KUBECONFIG"
wait_for 120 kubectl get --raw /readyz || die "the API server is not ready: see $STATE/logs."
for service in kube-controller-manager kube-scheduler kubelet kube-proxy node-gpus; do
  start "$service"
done
supervise
