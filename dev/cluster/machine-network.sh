# shellcheck shell=bash
# The node's network: a namespace, and a cable from it to this machine. Nothing routes from there to
# the outside: the node has no default route, and this machine does not forward. Sourced, never run.

make_network() {
  mkdir -p /run/netns
  touch /run/netns/node
  unshare --net=/run/netns/node true
  ip link delete "$CABLE" 2>/dev/null || true
  ip link add "$CABLE" type veth peer name cable netns /run/netns/node
  ip address add "$HOST_IP/30" dev "$CABLE"
  ip link set "$CABLE" up
  nsenter --net=/run/netns/node bash -euo pipefail -c "
    ip link set lo up
    ip address add $NODE_IP/30 dev cable
    ip link set cable up
    # A packet to a service is rewritten on its way; it only needs a route to start on.
    ip route add $SERVICE_RANGE dev cable
    echo 1 >/proc/sys/net/ipv4/ip_forward
    [[ ! -e /proc/sys/net/bridge/bridge-nf-call-iptables ]] ||
      echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables
  "
  local range
  for range in "$POD_RANGE" "$SERVICE_RANGE"; do
    ip route replace "$range" via "$NODE_IP" dev "$CABLE"
    # When the cable is gone, a stray packet dies here and does not take the default route.
    ip route replace blackhole "$range" metric 4096
  done
}

remove_network() {
  ip link delete "$CABLE" 2>/dev/null || true
  local range
  for range in "$POD_RANGE" "$SERVICE_RANGE"; do
    ip route delete blackhole "$range" metric 4096 2>/dev/null || true
  done
}
