# shellcheck shell=bash disable=SC2034
# What every script of the local cluster shares: versions, addresses, folders.
# Sourced, never run. Everything that is downloaded, built or written at run time lies below $CACHE.

KUBERNETES_VERSION="$("$(dirname "${BASH_SOURCE[0]}")/kubernetes-version.sh")"
readonly KUBERNETES_VERSION

CACHE="${KEIZOKU_CACHE:-$HOME/.cache/keizoku}"
readonly CACHE
readonly STATE="$CACHE/cluster"          # files of the running cluster: cluster-down removes them
readonly BIN="$CACHE/bin"                # programs built from Go modules
readonly DEBIAN="$CACHE/debian/root"     # programs from Debian packages: unpacked, not installed
readonly IMAGE_STORE="$CACHE/containerd" # containerd's images: kept, so that the next start is quick
readonly IMAGES="$CACHE/images"          # images as tar files
readonly CLUSTER_KUBECONFIG="$STATE/kubeconfig"

readonly CLUSTER_NAME=keizoku
readonly NODE_NAME=keizoku
readonly NODE_GPUS="${KEIZOKU_GPUS:-4}"
readonly API_PORT="${KEIZOKU_API_PORT:-6443}"
readonly ETCD_PORT="${KEIZOKU_ETCD_PORT:-23790}"
readonly ETCD_PEER_PORT="${KEIZOKU_ETCD_PEER_PORT:-23791}"
readonly CABLE=keizoku0    # this machine's end of the cable to the node
readonly HOST_IP=10.95.0.1 # its address
readonly NODE_IP=10.95.0.2 # the node's end
readonly POD_RANGE=10.244.0.0/16
readonly SERVICE_RANGE=10.96.0.0/16
readonly API_SERVICE_IP=10.96.0.1
readonly DNS_IP=10.96.0.10

DEV_CLUSTER="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
readonly DEV_CLUSTER

export PATH="$BIN:$PATH:/usr/sbin:/sbin:$DEBIAN/usr/sbin:$DEBIAN/usr/bin:$DEBIAN/sbin:$DEBIAN/bin"

# Libraries of the unpacked packages, for the programs that need them.
use_debian_libraries() {
  local libraries
  libraries="$DEBIAN/usr/lib/$(uname -m)-linux-gnu"
  [[ -d "$libraries" ]] || return 0
  export LD_LIBRARY_PATH="$libraries"
  [[ ! -d "$libraries/xtables" ]] || export XTABLES_LIBDIR="$libraries/xtables"
}
