#!/usr/bin/env bash
# Makes dumps of about 0.1, 1 and 3 GB and measures Tare and its peers on them, one after the other: CPU seconds, wall, peak RSS.
# Tare is measured as its users start it, by ./tare with its trained cache, the launcher's own time included.
# Needs a JDK 25 in JAVA_HOME, /usr/bin/time, 10 GB in the folder given as first argument. Build first:
#   mvn -Pbench -pl bench/heap -am package
set -euo pipefail
cd "$(dirname "$0")"
folder=$(mktemp -d "${1:-/tmp}/tare-bench-heap.XXXXXX")
trap 'rm -rf "$folder"' EXIT
java="${JAVA_HOME:?}/bin/java"
path="target/classes:$(ls target/*.jar | head -1):target/lib/*"
package=io.tare.bench.heap
tare=../../tare
"$tare" --version # builds it if need be

measure() { # what, output, command
  local what=$1 output=$2
  shift 2
  /usr/bin/time -f "$what: %U + %S s CPU, %e s, %M KB" "$@" > "$output" 2> "$folder/err" || true
  tail -1 "$folder/err"
}

peer() { # what, heap, class
  measure "$1" "$folder/out" "$java" -XX:+UseSerialGC -Xmn16m "-Xmx$2" -cp "$path" "$package.$3" "$dump"
}

for size in ${SIZES:-2 24 70}; do
  dump="$folder/heap.hprof"
  "$java" "-Xmx$((size / 16 + 4))g" -cp "$path" $package.HeapMix "$dump" "$size"
  echo "== $(stat -c %s "$dump") bytes, load $(cut -d' ' -f1 /proc/loadavg)"
  measure "tare, all with page" "$folder/first.html" "$tare" heap "$dump" --format html --index never
  measure "tare, all with page, --memory 256m" "$folder/page.html" "$tare" heap "$dump" --format html --memory 256m --index never
  cmp "$folder/first.html" "$folder/page.html" && echo "the same page"
  measure "tare, histogram" "$folder/out" "$tare" heap "$dump" --histogram --index never
  measure "tare, all with page, and the index" "$folder/page.html" "$tare" heap "$dump" --format html --index beside
  measure "tare, all with page, once more" "$folder/page.html" "$tare" heap "$dump" --format html --index beside
  "$tare" heap "$dump" --forget > "$folder/out"
  [ -n "${NO_PEERS:-}" ] || peer "gridkit hprof-heap, histogram" 2g GridkitHistogram
  [ -n "${NO_PEERS:-}" ] || peer "shark, index and histogram" 4g SharkHistogram
  rm "$dump"
done
