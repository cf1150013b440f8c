#!/usr/bin/env bash
# Gets the programs that Debian packages: downloads each missing package with its missing
# dependencies and unpacks them below the cache folder. Nothing is installed on this machine,
# so no package starts a service or changes a setting.
set -euo pipefail
source "$(dirname "$0")/settings.sh"
source "$(dirname "$0")/report.sh"

readonly PACKAGES=(etcd-server containerd runc containernetworking-plugins iptables conntrack
  iproute2 openssl busybox-static)
readonly PROGRAMS=(etcd containerd containerd-shim-runc-v2 ctr runc conntrack ip openssl busybox)

all_present() {
  local program
  for program in "${PROGRAMS[@]}"; do
    command -v "$program" >/dev/null || return 1
  done
  "$DEV_CLUSTER/links.sh" --check
}

unpack_missing() {
  command -v apt-get >/dev/null ||
    die "this needs Debian or Ubuntu (apt-get), or set KEIZOKU_CLUSTER=existing and KUBECONFIG."
  local folder="$CACHE/debian/packages" missing listed package
  mkdir -p "$folder" "$DEBIAN"
  listed="$(list_missing)" || {
    say "reading Debian's package lists"
    apt-get update -qq
    listed="$(list_missing)"
  }
  mapfile -t missing <<<"$listed"
  say "unpacking Debian packages: ${missing[*]}"
  (cd "$folder" && apt-get download -qq -o APT::Sandbox::User=root "${missing[@]}")
  for package in "$folder"/*.deb; do
    dpkg-deb -x "$package" "$DEBIAN"
  done
}

# Packages that are not installed; an upgrade, which has its old version in brackets, is none.
list_missing() {
  apt-get install --simulate --no-install-recommends "${PACKAGES[@]}" 2>/dev/null |
    awk '$1 == "Inst" && $3 !~ /^\[/ { print $2 }'
}

all_present || {
  unpack_missing
  "$DEV_CLUSTER/links.sh"
}
all_present || die "after unpacking, a program is still missing among: ${PROGRAMS[*]}."
