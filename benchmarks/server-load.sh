#!/bin/sh
# What the server takes in beside Zipkin's, and how it answers once much is stored.
# Usage: benchmarks/server-load.sh [observations to store=1000000] [zipkin jar]
# The Zipkin jar: mvn dependency:copy -Dartifact=io.zipkin:zipkin-server:3.6.1:jar:exec -DoutputDirectory=.
# Before: mvn -q -Pbenchmarks -pl server,sdk,benchmarks -am package -DskipTests
set -eu
cd "$(dirname "$0")/.."
observations=${1:-1000000}
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

echo "load $(cut -d' ' -f1 /proc/loadavg) on $(nproc) processors"
start "$work/ingest"
$load.IngestLoad measure otlp "$url" "$pid" 50000 9
settled
$load.IngestLoad measure otlp "$url" "$pid" 100000
settled
stop
if [ -n "$zipkin" ]; then
  java -jar "$zipkin" --server.port=19411 > "$work/zipkin" 2>&1 &
  pid=$!
  until curl -s localhost:19411/health > /dev/null; do sleep 0.5; done
  $load.IngestLoad measure zipkin http://127.0.0.1:19411 "$pid" 50000 9
  $load.IngestLoad measure zipkin http://127.0.0.1:19411 "$pid" 100000
  stop
fi

start "$work/stored"
$load.IngestLoad fill otlp "$url" "$pid" "$observations"
settled
stop
du -sm "$work/stored"
start "$work/stored"
sleep 3
grep VmRSS "/proc/$pid/status"
until [ "$(curl -s "$url/metrics" | sed -n 's/^langfuse4j_search_behind //p')" = 0 ]; do sleep 1; done
$load.ReadLoad "$url" "$observations"
grep VmRSS "/proc/$pid/status"
stop
