#!/usr/bin/env bash
# Prints the options of the virtual machine that an image's program runs with, one a line: those of the
# root pom and those of the image's own.
#   jvm-flags.sh {corpus|trainer|eval}
set -euo pipefail
cd "$(dirname "$0")/../.."

# Properties of the root pom are put in.
while read -r flag; do
  while [[ "$flag" =~ \$\{([a-z.-]+)\} ]]; do
    name="${BASH_REMATCH[1]}"
    value="$(sed -n "s|.*<$name>\(.*\)</$name>.*|\1|p" pom.xml)"
    [[ -n "$value" ]] || { echo "jvm-flags: the root pom.xml has no property $name." >&2; exit 1; }
    flag="${flag//"\${$name}"/$value}"
  done
  echo "$flag"
done < <(sed -n 's/.*<jvmFlag>\(.*\)<\/jvmFlag>.*/\1/p' pom.xml "$1-image/pom.xml")
