#!/usr/bin/env bash
# Makes the root file system below the Java images, without a registry: a Java runtime cut to the
# modules that the programs use, the few C libraries that it needs, and the files that name users.
# The same JDK and libraries give the same bytes. Prints the folder.
#   java-base.sh JAVA_HOME
set -euo pipefail
source "$(dirname "$0")/../cluster/settings.sh"
source "$(dirname "$0")/../cluster/report.sh"

readonly JDK="$1"
# java.desktop: the geometry that the PDF reader computes with. jdk.charsets: Shift_JIS and EUC-JP.
# jdk.httpserver: /progress. jdk.incubator.vector: the trainer's kernels. jdk.jcmd: a look into a
# running pod.
readonly MODULES=java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,\
java.net.http,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.charsets,jdk.httpserver,\
jdk.incubator.vector,jdk.jcmd,jdk.jfr,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs
# By the name that the loader asks for. libnss_dns: names; the others: the JVM, PyTorch.
readonly LIBRARIES=(libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libresolv.so.2
  libnss_dns.so.2 libnss_files.so.2 libstdc++.so.6 libgcc_s.so.1 libz.so.1)
readonly LOCALE=/usr/lib/locale/C.utf8
TRIPLET="$(uname -m)-linux-gnu"
readonly TRIPLET

library() {
  local folder
  for folder in "/lib/$TRIPLET" "/usr/lib/$TRIPLET" "$DEBIAN/usr/lib/$TRIPLET" "$DEBIAN/lib/$TRIPLET"; do
    [[ ! -e "$folder/$1" ]] || { echo "$folder/$1" && return; }
  done
  die "the library $1 is missing: apt-get install libc6 libstdc++6 libgcc-s1 zlib1g."
}

loader() {
  case "$(uname -m)" in
    x86_64) echo /lib64/ld-linux-x86-64.so.2 ;;
    aarch64) echo /lib/ld-linux-aarch64.so.1 ;;
    *) die "no Java image for $(uname -m): use x86_64 or aarch64." ;;
  esac
}

# Copies, no links: the images are packed by a tool that would have to resolve them.
copy_libraries() {
  local name
  for name in "${LIBRARIES[@]}"; do
    install -D -m 755 "$(library "$name")" "$1/lib/$TRIPLET/$name"
  done
  install -D -m 755 "$(loader)" "$1$(loader)"
  # Without it the JVM takes names of files and its console for ASCII.
  mkdir -p "$1/usr/lib/locale"
  cp -rL "$LOCALE" "$1/usr/lib/locale/"
}

write_accounts() {
  mkdir -p "$1/etc" "$1/tmp"
  printf '%s\n' root:x:0:0:root:/root:/sbin/nologin \
    nonroot:x:65532:65532:nonroot:/tmp:/sbin/nologin >"$1/etc/passwd"
  printf '%s\n' root:x:0: nonroot:x:65532: >"$1/etc/group"
  echo "hosts: files dns" >"$1/etc/nsswitch.conf"
}

# The archive of preloaded classes remembers the modules file's time, so the time is set before it
# is made, to the one that the image will have.
link_runtime() {
  "$JDK/bin/jlink" --add-modules "$MODULES" --strip-java-debug-attributes --no-header-files --no-man-pages \
    --compress zip-0 --output "$1/opt/jre" >&2
  find "$1" -exec touch -h -d @1 {} +
  "$1/opt/jre/bin/java" -Xshare:dump -Xlog:disable -Xlog:all=error >/dev/null
}

make_base() {
  rm -rf "$1.part"
  mkdir -p "$1.part/opt"
  copy_libraries "$1.part"
  write_accounts "$1.part"
  link_runtime "$1.part"
  chmod -R a+rX "$1.part"
  find "$1.part" -exec touch -h -d @1 {} +
  rm -rf "$1"
  mv "$1.part" "$1"
}

inputs() {
  local name
  cat "$0" "$JDK/release"
  for name in "${LIBRARIES[@]}"; do
    sha256sum <"$(library "$name")"
  done
}

[[ -d "$LOCALE" ]] || die "the locale $LOCALE is missing: apt-get install libc-bin."
key="$(inputs | sha256sum | cut -c1-16)"
folder="$CACHE/image/java-base-$key"
[[ -d "$folder" ]] || step "Java runtime for the images" make_base "$folder"
echo "$folder"
