#!/usr/bin/env bash
# A training of a size on four CPU ranks, ZeRO-3: loaded, checkpointed, killed, resumed, exported; memory and disk as
# the operating system has them against the plan. Exit 1 where they are more than 5 % apart.
#   run.sh [SHAPE] [FOLDER]
# SHAPE: 0.5b (Qwen2.5-0.5B's, needs 16 GiB of memory and 30 GB of disk) or small (5 GiB), in bf16 with activation
# checkpointing; small-fp32; small-all and small-fp32-all, which keep all activations. FOLDER: a temporary one.
set -euo pipefail

root="$(cd "$(dirname "$0")/../.." && pwd)"
shape="${1:-0.5b}"
folder="${2:-}"
if [[ -z "$folder" ]]; then
  folder="$(mktemp -d)"
  trap 'rm -rf "$folder"' EXIT
fi
JAVA_HOME="$("$root/dev/make/jdk.sh")"
export JAVA_HOME
(cd "$root" && mvn -q -B -ntp -Dstyle.color=never -pl trainer-image -am test-compile \
  dependency:build-classpath -Dmdep.outputFile=target/sizes.classpath -Dmdep.includeScope=test >&2)
cd "$root/trainer-image" # programs are started as tests start them
path="target/test-classes:target/classes:$(<target/sizes.classpath)"
absolute="$PWD/target/test-classes:$PWD/target/classes:$(<target/sizes.classpath)"
"$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -Xmx512m -Dsurefire.test.class.path="$absolute" \
  -cp "$path" dev.keizoku.trainer.loop.SizesRun "$folder" "$shape"
