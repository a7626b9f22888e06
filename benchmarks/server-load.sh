#!/bin/sh
# What the server takes in beside Zipkin's, and how it answers once much is stored.
# Usage: benchmarks/server-load.sh [observations to store=1000000, several as 100000,1000000,5000000] [zipkin jar]
# Each size is stored in a folder of its own and read with the same table; 0 reads nothing.
# The Zipkin jar: mvn dependency:copy -Dartifact=io.zipkin:zipkin-server:3.6.1:jar:exec -DoutputDirectory=.
# Before: mvn -q -Pbenchmarks -pl server,sdk,benchmarks -am package -DskipTests
set -eu
cd "$(dirname "$0")/.."
sizes=${1:-1000000}
zipkin=${2:-}
jar=server/target/langfuse4j-server.jar
load="java -Xmx1g -cp benchmarks/target/benchmarks.jar io.langfuse4j.benchmarks.server"
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT

# start <folder>: sets pid and url
start() {
  java -jar "$jar" --port 0 --data "$1" > "$work/out" &
  pid=$!
  url=
  while [ -z "$url" ]; do
    sleep 0.1
    url=$(sed -n 's/.*ready at \(http[^ ]*\) after.*/\1/p' "$work/out")
  done
  cat "$work/out"
}

stop() {
  kill "$pid"
  wait "$pid" 2>/dev/null || true
  pid=
}

# settled: waits until everything acknowledged is stored
settled() {
  before=$(date +%s%N)
  while [ "$(curl -s "$url/metrics" | sed -n 's/^langfuse4j_journal_waiting //p')" != 0 ]; do
    sleep 0.2
  done
  echo "stored $((($(date +%s%N) - before) / 1000000)) ms later"
}

# taking <wire>: a round to warm up, then three of other observations, each when the one before is stored
taking() {
  $load.IngestLoad measure "$1" "$url" "$pid" 50000 9
  for salt in 1 2 3; do
    [ "$1" = zipkin ] || settled
    $load.IngestLoad measure "$1" "$url" "$pid" 100000 "$salt"
  done
}

echo "load $(cut -d' ' -f1 /proc/loadavg) on $(nproc) processors"
start "$work/ingest"
taking otlp
settled
stop
if [ -n "$zipkin" ]; then
  java -jar "$zipkin" --server.port=19411 > "$work/zipkin" 2>&1 &
  pid=$!
  url=http://127.0.0.1:19411
  until curl -s "$url/health" > /dev/null; do sleep 0.5; done
  taking zipkin
  stop
fi

# memory <when>: what the process occupies itself, and the pages of files that the system may take back
memory() {
  echo "$1: $(awk '/^VmRSS|^RssAnon|^RssFile/ { printf "%s %d MB  ", $1, $2 / 1024 }' "/proc/$pid/status")"
}

# searchable: waits until everything stored can be found by its words
searchable() {
  until [ "$(curl -s "$url/metrics" | sed -n 's/^langfuse4j_search_behind //p')" = 0 ]; do sleep 1; done
}

# stored <observations>: takes them in, starts again, reads
stored() {
  echo "--- $1 observations"
  start "$work/stored"
  $load.IngestLoad fill otlp "$url" "$pid" "$1"
  settled
  memory "after taking in"
  searchable
  sleep 40
  memory "idle for 40 s"
  stop
  du -sm "$work/stored"
  start "$work/stored"
  sleep 3
  memory "3 s after the start"
  $load.ReadLoad "$url" "$1"
  memory "after reading"
  sleep 40
  memory "idle for 40 s"
  stop
  rm -r "$work/stored"
}

for observations in $(echo "$sizes" | tr , ' '); do
  [ "$observations" = 0 ] || stored "$observations"
done
