#!/usr/bin/env bash
# Unpacks libtorch, as DJL packs it for Maven, into a folder for the images that compute: the
# programs then start without unpacking 450 MB each time. Prints the folder.
#   torch.sh JAVA_HOME LIBTORCH-VERSION DJL-VERSION
set -euo pipefail
source "$(dirname "$0")/../cluster/settings.sh"
source "$(dirname "$0")/../cluster/report.sh"
source "$(dirname "$0")/maven.sh"

readonly JDK="$1" LIBTORCH="$2" DJL="$3"
folder="$CACHE/image/torch-$LIBTORCH-$DJL"

unpack() {
  local part="$folder.part"
  rm -rf "$part"
  mkdir -p "$part/jars" "$part/rootfs/opt/torch"
  fetch "ai.djl.pytorch:pytorch-native-cpu:$LIBTORCH:jar:linux-x86_64" "$part/jars"
  fetch "ai.djl.pytorch:pytorch-jni:$LIBTORCH-$DJL" "$part/jars"
  (cd "$part/jars" && for jar in *.jar; do "$JDK/bin/jar" --extract --file "$jar"; done)
  mv "$part"/jars/pytorch/cpu/linux-x86_64/*.so* "$part/rootfs/opt/torch/"
  # The name under which DJL looks for its own library beside libtorch's.
  mv "$part/jars/jnilib/linux-x86_64/cpu/libdjl_torch.so" "$part/rootfs/opt/torch/$DJL-libdjl_torch.so"
  rm -rf "$part/jars"
  chmod -R a+rX "$part"
  find "$part/rootfs" -exec touch -h -d @1 {} +
  mv "$part" "$folder"
}

[[ -d "$folder" ]] || step "libtorch $LIBTORCH for the images" unpack
echo "$folder/rootfs"
