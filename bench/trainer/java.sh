#!/usr/bin/env bash
# Runs a Java source file with the trainer's classes.
#   java.sh SOURCE.java [ARGUMENT...]
set -euo pipefail

root="$(cd "$(dirname "$0")/../.." && pwd)"
"$root/dev/run" trainer --help >/dev/null # compiles what has changed
java="$("$root/dev/make/jdk.sh")/bin/java"
classpath="$root/trainer-image/target/classes:$(<"$root/trainer-image/target/run.classpath")"
mapfile -t flags < <("$root/dev/make/jvm-flags.sh" trainer)
exec "$java" "${flags[@]}" -cp "$classpath" "$@"
