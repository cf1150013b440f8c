#!/usr/bin/env bash
# Packs what gpu-check needs where nothing but Python's torch is: a Java runtime, the jars, the
# scripts. Prints the tarball's name (below 64 MiB), which unpacks into a folder gpu-check.
#   pack.sh [FOLDER]    default: target/gpu
set -euo pipefail

root="$(cd "$(dirname "$0")/../.." && pwd)"
out="$(mkdir -p "${1:-$root/target/gpu}" && cd "${1:-$root/target/gpu}" && pwd)"
readonly root out MODULES=java.base,java.logging,java.management,java.naming,java.xml,jdk.incubator.vector,jdk.management,jdk.unsupported

# Neither another libtorch, nor what only tests, a tokenizer, S3 or a server want.
readonly LEFT_OUT='/(pytorch-native|pytorch-jni|tokenizers-|archunit|assertj|byte-buddy|junit|bcprov|kotlin|snappy|guava|jtokkit|prometheus|micrometer|okhttp|okio|minio|commons-|gson|simple-xml|jna)[^/]*$'

compile() {
  (cd "$root" && mvn -q -B -ntp -Dstyle.color=never -pl trainer-image -am test-compile \
    dependency:build-classpath -Dmdep.outputFile=target/gpu.classpath -Dmdep.includeScope=test >&2)
}

jars() {
  local part
  mkdir -p "$1"
  tr ':' '\n' <"$root/trainer-image/target/gpu.classpath" | grep -Ev "$LEFT_OUT" | while read -r part; do
    if [[ -d "$part" ]]; then
      local module="${part%/target/*}"
      "$JAVA_HOME/bin/jar" --create --file "$1/$(basename "$module")-$(basename "$part").jar" -C "$part" .
    else
      cp "$part" "$1/"
    fi
  done
  for part in classes test-classes; do
    "$JAVA_HOME/bin/jar" --create --file "$1/trainer-$part.jar" -C "$root/trainer-image/target/$part" .
  done
}

folder="$out/gpu-check"
rm -rf "$folder" "$out/gpu-check.tar.gz"
mkdir -p "$folder"
compile
jars "$folder/jars"
"$JAVA_HOME/bin/jlink" --add-modules "$MODULES" --strip-debug --no-header-files --no-man-pages \
  --compress zip-9 --output "$folder/jre" >&2
cp "$root"/dev/gpu/{check.sh,reference.py,shapes.json,shapes-rehearsal.json} "$folder/"
tar -C "$out" -czf "$out/gpu-check.tar.gz" gpu-check
size=$(($(stat -c %s "$out/gpu-check.tar.gz") >> 20))
((size < 64)) || {
  echo "pack: $out/gpu-check.tar.gz has $size MiB, more than 64." >&2
  exit 1
}
echo "$out/gpu-check.tar.gz"
