#!/bin/sh
# archive-classes.sh JAR: writes start.jsa beside the jar, an archive of the classes that the program loads. For this it runs the
# program for half a minute with the simulated Qiscus and an embedded Redis, and with none of your settings.
set -eu
options=$(realpath "$(dirname "$0")")/jvm.options
jar=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Here is no .env.
cd "$work"
env -i PATH="$PATH" PORT=18080 REDIS_PORT=18079 LOG_FORMAT=json SIMULATOR_AGENTS=30 SIMULATOR_CUSTOMERS_PER_MINUTE=300 \
    java "@$options" -XX:ArchiveClassesAtExit="$(dirname "$jar")/start.jsa" -Dcamel.main.durationMaxSeconds=30 -jar "$jar" \
    > log 2>&1 || { cat log >&2; exit 1; }
