# shellcheck shell=bash
# How the scripts get artifacts of Maven repositories as files. Sourced, never run; $JDK is a Java home.
readonly COPY=org.apache.maven.plugins:maven-dependency-plugin:copy

# fetch GROUP:ARTIFACT:VERSION[:TYPE:CLASSIFIER] FOLDER
fetch() {
  JAVA_HOME="$JDK" mvn -B -ntp -q -N -f "$(dirname "${BASH_SOURCE[0]}")/../../pom.xml" "$COPY" \
    "-Dartifact=$1" "-DoutputDirectory=$2" >/dev/null
}
