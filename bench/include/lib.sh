# Starts the origin, the two proxies and Varnish on loopback, and ends them with the script.
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
include=$home/cases/include/include
work=$(mktemp -d)
pids=()
fds=()

cleanup() {
  local fd pid
  for fd in "${fds[@]:-}"; do [[ -n $fd ]] && eval "exec $fd>&-"; done
  for pid in "${pids[@]:-}"; do [[ -n $pid ]] && kill "$pid" 2> /dev/null; done
  wait 2> /dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

# start NAME COMMAND…: with a pipe as its input, whose file descriptor is then in $fd and whose process in $pid
start() {
  local name=$1 pipe=$work/$1.in
  shift
  mkfifo "$pipe"
  "$@" < "$pipe" > "$work/$name.log" 2>&1 &
  exec {fd}> "$pipe"
  fds+=("$fd")
  until grep -q 'pid [0-9]' "$work/$name.log"; do sleep 0.1; kill -0 $! || { cat "$work/$name.log"; exit 3; }; done
  pid=$(grep -oE 'pid [0-9]+' "$work/$name.log" | head -n 1 | cut -d' ' -f2)
}

# start_varnish PORT: its worker process is then in $pid
start_varnish() {
  varnishd -n "$work/varnish" -a "127.0.0.1:$1" -f "$home/bench/include/varnish.vcl" -s malloc,64m -j none \
    -P "$work/varnish.pid" > "$work/varnish.log" 2>&1 || { cat "$work/varnish.log"; return 1; }
  pids+=("$(cat "$work/varnish.pid")")
  sleep 1
  pid=$(pgrep -P "$(cat "$work/varnish.pid")" | head -n 1)
}

cpu_seconds() { awk -v hz="$(getconf CLK_TCK)" '{print ($14+$15)/hz}' "/proc/$1/stat"; }
rss_mb() { awk '/^VmRSS/ {printf "%.1f", $2/1024}' "/proc/$1/status"; }
machine() { echo "$(nproc) processors, $(awk '/MemTotal/ {printf "%.1f GB", $2/1048576}' /proc/meminfo), kernel $(uname -r), load $(cut -d' ' -f1 /proc/loadavg)"; }
