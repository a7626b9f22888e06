#!/usr/bin/env bash
# What an agent adds to the start of an empty program: processor time and wall-clock time, medians of
# five starts. agent-start.sh [jars of agents to compare with]. Build the agent first.
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
ours=$(find "$root/javaagent/target" -maxdepth 1 -name 'langfuse4j-javaagent-*.jar' \
  ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name 'original-*' | head -n 1)
[ -n "$ours" ] || { echo "No agent in javaagent/target: ./mvnw -pl javaagent -am package -DskipTests" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/Empty.java" <<'JAVA'
public class Empty {
  public static void main(String[] arguments) {}
}
JAVA
javac -d "$work" "$work/Empty.java"

start() { java "$@" -Dotel.traces.exporter=none -Dotel.metrics.exporter=none -Dotel.logs.exporter=none \
  -Ddd.trace.startup.logs=false -cp "$work" Empty >/dev/null 2>&1; }

median() { sort -n | sed -n 3p; }

measure() { # name option...
  local name=$1
  shift
  start "$@" # warms the file cache
  : > "$work/cpu"
  : > "$work/wall"
  for _ in 1 2 3 4 5; do
    TIMEFORMAT='%U %S %R'
    { time start "$@"; } 2> "$work/time"
    awk '{print $1 + $2}' "$work/time" >> "$work/cpu"
    awk '{print $3}' "$work/time" >> "$work/wall"
  done
  printf '| %s | %s | %s |\n' "$name" "$(median < "$work/cpu")" "$(median < "$work/wall")"
}

echo '| agent | processor, s | wall clock, s |'
echo '|---|---:|---:|'
measure none
measure Langfuse4j "-javaagent:$ours"
measure 'Langfuse4j, libraries=false' "-javaagent:$ours=libraries=false"
for other in "$@"; do
  measure "$(basename "$other" .jar)" "-javaagent:$other"
done
