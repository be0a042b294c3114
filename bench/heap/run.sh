#!/usr/bin/env bash
# Makes dumps of about 0.1, 1 and 3 GB and measures Tare and its peers on them, one after the other: CPU seconds, wall, peak RSS.
# Needs a JDK 25 in JAVA_HOME, /usr/bin/time, 10 GB in the folder given as first argument. Build first:
#   mvn -Pbench -pl bench/heap -am package
set -euo pipefail
cd "$(dirname "$0")"
folder=$(mktemp -d "${1:-/tmp}/tare-bench-heap.XXXXXX")
trap 'rm -rf "$folder"' EXIT
java="${JAVA_HOME:?}/bin/java"
path="target/classes:$(ls target/*.jar | head -1):target/lib/*"
package=io.tare.bench.heap
# As ./tare sets it: glibc gives large blocks back at once.
export MALLOC_MMAP_THRESHOLD_=131072

measure() { # what, heap, class, arguments
  local what=$1 heap=$2 class=$3
  shift 3
  /usr/bin/time -f "$what: %U + %S s CPU, %e s, %M KB" "$java" -XX:+UseSerialGC -Xmn16m "-Xmx$heap" -cp "$path" \
    "$package.$class" "$@" > "$folder/out" 2> "$folder/err" || true
  tail -1 "$folder/err"
}

for size in ${SIZES:-2 24 70}; do
  dump="$folder/heap.hprof"
  "$java" -Xmx6g -cp "$path" $package.HeapMix "$dump" "$size"
  echo "== $(stat -c %s "$dump") bytes, load $(cut -d' ' -f1 /proc/loadavg)"
  measure "tare, all with page" 160m TareFull "$dump" "$folder/page.html"
  cp "$folder/page.html" "$folder/first.html"
  measure "tare, all with page, --memory 256m" 160m TareFull "$dump" "$folder/page.html" 256
  cmp "$folder/first.html" "$folder/page.html" && echo "the same page"
  measure "tare, histogram" 64m TareHistogram "$dump"
  [ -n "${NO_PEERS:-}" ] || measure "gridkit hprof-heap, histogram" 2g GridkitHistogram "$dump"
  [ -n "${NO_PEERS:-}" ] || measure "shark, index and histogram" 4g SharkHistogram "$dump"
  rm "$dump"
done
