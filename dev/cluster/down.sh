#!/usr/bin/env bash
# make cluster-down: stops the local cluster and removes its files, mounts, network and control
# groups. Programs and images stay in the cache folder. Safe to repeat, and after a crash.
set -euo pipefail
source "$(dirname "$0")/settings.sh"
source "$(dirname "$0")/report.sh"
source "$(dirname "$0")/process.sh"
source "$(dirname "$0")/machine-folders.sh"
source "$(dirname "$0")/machine-network.sh"

# The machine stops its pods and services one by one. Killed, the kernel ends whatever is left in its
# namespaces; the launcher has nothing to do but to wait for it.
stop_machine() {
  end_process "$STATE/machine.pid" TERM 60
  end_process "$STATE/machine.pid" KILL 20
  end_process "$STATE/launcher.pid" KILL 20
  ! recorded_process "$STATE/launcher.pid" >/dev/null ||
    die "the node's first process cannot be ended: look at $(<"$STATE/launcher.pid") with ps."
}

# end_process FILE SIGNAL SECONDS: signals the recorded process, if it runs, and waits for its end.
end_process() {
  local pid
  pid="$(recorded_process "$1")" || return 0
  kill "-$2" "$pid" || true
  wait_for "$3" process_gone "$1" || true
}

process_gone() { ! recorded_process "$1"; }

restore_kernel_settings() {
  local name value
  [[ -f "$STATE/kernel-settings" ]] || return 0
  while read -r name value; do
    echo "$value" >"/proc/sys/$name" || true
  done <"$STATE/kernel-settings"
}

# The kubelet's and containerd's control groups are outside of the node's namespaces.
remove_control_groups() {
  local top
  for top in /sys/fs/cgroup/{,*/}{kubepods,k8s.io}; do
    [[ ! -d "$top" ]] || find "$top" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done
}

remove_own_cluster() {
  step "pods and services stopped" stop_machine
  remove_network
  remove_control_groups
  restore_kernel_settings
  remove_made_folders
}

mkdir -p "$CACHE"
use_debian_libraries
exec 9>"$CACHE/cluster.lock"
flock 9
case "$(cat "$STATE/kind" 2>/dev/null)" in
  kind) kind delete cluster --name "$CLUSTER_NAME" && rm -rf "$IMAGE_STORE/imported" ;;
  *) remove_own_cluster ;;
esac
rm -rf "$STATE"
say "the cluster is down; programs and images stay in $CACHE"
