# Starts the origin, the two proxies and Varnish on loopback, and ends them with the script.
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
include=$home/cases/include/include
work=$(mktemp -d)
pids=()
fds=()
varnish_folders=()

cleanup() {
  local fd pid
  for fd in "${fds[@]:-}"; do [[ -n $fd ]] && eval "exec $fd>&-"; done
  for pid in "${pids[@]:-}"; do [[ -n $pid ]] && kill "$pid" 2> /dev/null; done
  wait 2> /dev/null || true
  rm -rf "$work" "${varnish_folders[@]}"
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

# start_varnish PORT: its worker process is then in $pid. VARNISH_ROOT names another root directory that it is installed in.
start_varnish() {
  local root=${VARNISH_ROOT:-} folder
  folder=$(mktemp -d "$root/tmp/varnish.XXXXXX")
  varnish_folders+=("$folder")
  cp "$home/bench/include/varnish.vcl" "$folder/"
  in_root varnishd -n "${folder#"$root"}/run" -a "127.0.0.1:$1" -f "${folder#"$root"}/varnish.vcl" -s malloc,64m -p timeout_idle=30 -j none \
    -P "${folder#"$root"}/pid" > "$work/varnish.log" 2>&1 || { cat "$work/varnish.log"; return 1; }
  pids+=("$(cat "$folder/pid")")
  sleep 1
  pid=$(pgrep -P "$(cat "$folder/pid")" | head -n 1)
}

in_root() { if [[ -n ${VARNISH_ROOT:-} ]]; then chroot "$VARNISH_ROOT" "$@"; else "$@"; fi; }
has_varnish() { in_root sh -c 'command -v varnishd' > /dev/null; }

cpu_seconds() { awk -v hz="$(getconf CLK_TCK)" '{print ($14+$15)/hz}' "/proc/$1/stat"; }
rss_mb() { awk '/^VmRSS/ {printf "%.1f", $2/1024}' "/proc/$1/status"; }
machine() { echo "$(nproc) processors, $(awk '/MemTotal/ {printf "%.1f GB", $2/1048576}' /proc/meminfo), kernel $(uname -r), load $(cut -d' ' -f1 /proc/loadavg)"; }
