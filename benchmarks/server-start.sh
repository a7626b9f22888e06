#!/bin/sh
# How long the server takes to be ready, and what it occupies while idle.
# Usage: benchmarks/server-start.sh [starts=11] [jar=server/target/langfuse4j-server.jar]
# Prints the median and the worst of the milliseconds on the ready line (since JVM start) and of the
# wall clock from `java -jar` to that line, on a fresh and on an existing folder, and resident memory.
set -eu
cd "$(dirname "$0")/.."
starts=${1:-11}
jar=${2:-server/target/langfuse4j-server.jar}
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT

now() { date +%s%3N; }

# start <folder>: sets ready, wall and rss
start() {
  mkfifo "$work/out"
  before=$(now)
  java -jar "$jar" --port 0 --data "$1" > "$work/out" &
  pid=$!
  read -r line < "$work/out"
  wall=$(($(now) - before))
  ready=$(echo "$line" | sed -n 's/.* after \([0-9]*\) ms$/\1/p')
  sleep 2
  rss=$(sed -n 's/^VmRSS:[[:space:]]*\([0-9]*\) kB$/\1/p' "/proc/$pid/status")
  kill "$pid"
  wait "$pid" || true
  pid=
  rm "$work/out"
}

# middle_and_worst <file>
middle_and_worst() {
  sort -n "$1" | awk '{ v[NR] = $1 } END { printf "%6d %6d", v[int((NR + 1) / 2)], v[NR] }'
}

measure() {
  : > "$work/ready"; : > "$work/wall"; : > "$work/rss"
  for i in $(seq "$starts"); do
    [ "$1" = existing ] && folder=$work/existing || folder=$work/fresh-$i
    start "$folder"
    echo "$ready" >> "$work/ready"; echo "$wall" >> "$work/wall"; echo $((rss / 1024)) >> "$work/rss"
  done
  printf '%-10s %s   %s   %s\n' "$1" "$(middle_and_worst "$work/ready")" \
    "$(middle_and_worst "$work/wall")" "$(middle_and_worst "$work/rss")"
}

echo "$starts starts; load $(cut -d' ' -f1 /proc/loadavg) on $(nproc) processors"
printf '%-10s %s   %s   %s\n' folder "ready ms (median worst)" "wall ms" "RSS MB"
measure fresh
measure existing
