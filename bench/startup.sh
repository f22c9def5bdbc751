#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# How much later the demo server listens with the agent than without: five starts of each, in turns, and their medians.
# Needs what './mvnw -DskipTests package' builds, and the date command of GNU or busybox for milliseconds.
set -u

home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) || exit 3
agent=$home/agent/target/heldby-agent.jar
examples=$home/examples/target/heldby-examples.jar
runs=5

if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
else
    java=java
fi

for jar in "$agent" "$examples"; do
    if [ ! -f "$jar" ]; then
        echo "startup.sh: '$jar' is missing; './mvnw -DskipTests package' builds it." >&2
        exit 3
    fi
done

millis() {
    date +%s%3N
}

folder=$(mktemp -d) || exit 3
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM

# Prints the milliseconds from the start of the JVM to the line that says the server listens.
start() {
    began=$(millis)
    "$java" -Dio.netty.leakDetection.level=disabled "$@" -jar "$examples" --requests 50 2>"$folder/err" |
        while IFS= read -r line; do
            case $line in
                *"listens on port"*) echo $(($(millis) - began)) ;;
            esac
        done
}

# Appends one measurement to a file.
measure() {
    file=$1
    shift
    took=$(start "$@")
    if [ -z "$took" ]; then
        echo "startup.sh: the demo server did not start:" >&2
        cat "$folder/err" >&2
        exit 3
    fi
    echo "$took" >>"$file"
}

median() {
    sort -n "$1" | sed -n "$(((runs + 1) / 2))p"
}

# Once each, so that all jars are in the file cache.
measure "$folder/warm"
measure "$folder/warm" "-javaagent:$agent=level=full,snapshot=$folder/snapshot"

i=0
while [ "$i" -lt "$runs" ]; do
    measure "$folder/without"
    measure "$folder/with" "-javaagent:$agent=level=full,snapshot=$folder/snapshot"
    i=$((i + 1))
done

without=$(median "$folder/without")
with=$(median "$folder/with")
echo "without the agent: $without ms (median of $runs:" $(sort -n "$folder/without")")"
echo "with the agent:    $with ms (median of $runs:" $(sort -n "$folder/with")")"
echo "difference:        $((with - without)) ms"
