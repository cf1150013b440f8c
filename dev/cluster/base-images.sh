#!/usr/bin/env bash
# Packs images of one program each, for the cluster itself: pause (a pod's sandbox), CoreDNS, busybox
# for a look around from inside, Kueue where it is wanted.
#   base-images.sh pause coredns busybox
set -euo pipefail
source "$(dirname "$0")/settings.sh"
readonly PACK="$DEV_CLUSTER/../image/pack-image.sh"

# pack NAME PROGRAM TARGET CONFIG: an image of one program, packed again only when it is newer.
pack() {
  local tar="$IMAGES/$1.tar" root
  [[ ! "$tar" -nt "$2" || ! "$tar" -nt "$PACK" ]] || return 0
  root="$(mktemp -d)"
  install -D -m 755 "$2" "$root$3"
  mkdir -p "$root/etc" "$root/tmp"
  echo "nonroot:x:65532:65532:nonroot:/tmp:/sbin/nologin" >"$root/etc/passwd"
  chmod 755 "$root"
  [[ "$1" != busybox ]] || link_applets "$root"
  "$PACK" "keizoku/$1:1" "$root" "$tar" "$4"
  rm -rf "$root"
}

link_applets() {
  local applet
  for applet in sh ls cat wget nslookup nc id env sleep grep mount df; do
    ln -s busybox "$1/bin/$applet"
  done
}

user='"User": "65532:65532", "Env": ["PATH=/bin"]'
for name in "$@"; do
  case "$name" in
    pause | coredns) pack "$name" "$BIN/$name" "/$name" "{\"Entrypoint\": [\"/$name\"], $user}" ;;
    # Its chart calls it so.
    kueue) pack kueue "$BIN/kueue" /manager "{\"Entrypoint\": [\"/manager\"], $user}" ;;
    busybox) pack busybox "$(command -v busybox)" /bin/busybox "{\"Cmd\": [\"/bin/sh\"], $user}" ;;
  esac
done
