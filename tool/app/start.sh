# How Tare's JVM is started: read by ./tare of a checkout and by the launcher of a package. Plain sh, no other program is needed.

# The heap that a command may fill, in MB: by default so much that the whole process stays below 256 MB. What it reads may be made by others
# to fill any memory. --memory SIZE (or TARE_MEMORY) allows more; of 'tare heap' it is the memory of the analysis, and the heap is not bounded here.
heap_mb() {
  size=${TARE_MEMORY:-256m} take=
  for word in "$@"; do
    [ -n "$take" ] && size=$word && take=
    case $word in
      --) break ;;
      --memory) take=yes ;;
      --memory=*) size=${word#--memory=} ;;
    esac
  done
  number=${size%?}
  case $size in
    0* | *[!0-9]*? | ? | ??????????*) size=256 ;;
    *[kK]) size=$((number / 1024)) ;;
    *[mM]) size=$number ;;
    *[gG]) size=$((number * 1024)) ;;
    *) size=256 ;;
  esac
  echo $((size < 160 ? 64 : size - 96))
}

# Whether the words want the jars of the fleet's commands, which others are started without.
is_of_fleet() { case "${1:-} ${2:-}" in fleet\ * | agent\ * | help\ fleet | help\ agent) ;; *) return 1 ;; esac; }

# What a JVM that serves a command is started with, by the name of its cache: tare, recorder or heap.
jvm_flags() {
  common="-XX:+UseSerialGC -XX:-UsePerfData --enable-native-access=ALL-UNNAMED -Xlog:disable -Xlog:all=error,cds=off,aot=off:stderr"
  case $1 in
    # A short command wants the quick compiler and the simple collector.
    tare) echo "$common -XX:TieredStopAtLevel=1 -Xms24m -Xmn12m -Xss512k" ;;
    # These stay for hours beside what they look at: a small heap that gives back what a ledger took. Back to the kernel goes what malloc
    # keeps; and no thread wakes four times a second to look after locks that nobody inflates.
    recorder) echo "$common -XX:TieredStopAtLevel=1 -Xms${recorder_heap:-4m} -Xmn2m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:-ShrinkHeapInSteps" \
      "-Djdk.nio.maxCachedBufferSize=65536 -Xss512k -XX:TrimNativeHeapInterval=30000 -XX:+IgnoreUnrecognizedVMOptions" \
      "-XX:+UnlockDiagnosticVMOptions -XX:AsyncDeflationInterval=60000" ;;
    # The analysis of a heap dump is long work: the optimising compiler, but only for what is really hot; little garbage, most memory
    # outside the Java heap.
    heap) echo "$common -Xms32m -Xmn16m -XX:CompileThresholdScaling=4" ;;
  esac
}

# start HOME JAVA CLASS_PATH CACHE WORDS…   Becomes Tare. CACHE is the flag that names it, where KIND stands for the kind of command.
start() {
  home=$1 java=$2 class_path=$3 cache=$4
  shift 4
  bound=
  case ${1:-} in
    heap | open)
      kind=heap
      # Blocks of memory that are given back go back to the system at once.
      export MALLOC_MMAP_THRESHOLD_=131072
      ;;
    # A database that runs in the process has memory of its own, which --memory bounds.
    fleet) kind=tare bound=-Xmx256m ;;
    record | run | watch | agent)
      kind=recorder bound=-Xmx$(heap_mb "$@")m
      # Not for a command that is run: it would inherit them.
      [ "$1" = run ] || export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}" MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-262144}"
      ;;
    *) kind=tare bound=-Xmx$(heap_mb "$@")m ;;
  esac
  case $cache in *KIND*) cache=${cache%%KIND*}$kind${cache#*KIND} ;; esac
  # One that is missing costs time only.
  [ -r "${cache#*=}" ] || cache=
  # Flags have no blanks in them, paths may have.
  exec "$java" $(jvm_flags $kind) $bound ${cache:+"$cache"} "-Dtare.home=$home" -cp "$class_path" io.tare.app.Main "$@"
}
