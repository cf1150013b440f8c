#!/usr/bin/env bash
# Gives iptables and the CNI plugins their usual names. A package makes the iptables links when it
# is installed (update-alternatives), which unpacking alone does not do.
#   links.sh          makes them
#   links.sh --check  succeeds when they are there
set -euo pipefail
source "$(dirname "$0")/settings.sh"

if [[ "${1:-}" == --check ]]; then
  command -v iptables iptables-save iptables-restore >/dev/null && [[ -x "$CACHE/cni/bridge" ]]
  exit
fi

# The nft variant where this kernel takes its rules, else the legacy one.
pick_variant() {
  use_debian_libraries
  if unshare --net "$DEBIAN/usr/sbin/xtables-nft-multi" iptables -t nat -A OUTPUT \
    -m comment --comment test -m statistic --mode random --probability 0.5 \
    -j MARK --set-mark 1 2>/dev/null; then
    echo xtables-nft-multi
  else
    echo xtables-legacy-multi
  fi
}

mkdir -p "$BIN"
if ! command -v iptables >/dev/null; then
  variant="$(pick_variant)"
  for name in iptables iptables-save iptables-restore ip6tables ip6tables-save ip6tables-restore; do
    ln -sfn "$DEBIAN/usr/sbin/$variant" "$BIN/$name"
  done
fi
for folder in "$DEBIAN/usr/lib/cni" /usr/lib/cni /opt/cni/bin; do
  [[ ! -x "$folder/bridge" ]] || { ln -sfn "$folder" "$CACHE/cni" && break; }
done
