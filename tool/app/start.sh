# How Tare's JVM is started: read by ./tare of a checkout and by the launcher of a package. Plain sh, no other program is needed, and no
# subshell either: each costs a millisecond at every start. Its variables have names that a command which is run will not miss.

# Sets 'tare_heap', the flag for what a command may fill: by default so much that the whole process stays below 256 MB. What it reads may be made by others
# to fill any memory. --memory SIZE (or TARE_MEMORY) allows more; of 'tare heap' it is the memory of the analysis, and the heap is not bounded here.
set_heap() {
  tare_size=${TARE_MEMORY:-256m} tare_take=
  for tare_word in "$@"; do
    [ -n "$tare_take" ] && tare_size=$tare_word && tare_take=
    case $tare_word in
      --) break ;;
      --memory) tare_take=yes ;;
      --memory=*) tare_size=${tare_word#--memory=} ;;
    esac
  done
  tare_number=${tare_size%?}
  case $tare_size in
    0* | *[!0-9]*? | ? | ??????????*) tare_size=256 ;;
    *[kK]) tare_size=$((tare_number / 1024)) ;;
    *[mM]) tare_size=$tare_number ;;
    *[gG]) tare_size=$((tare_number * 1024)) ;;
    *) tare_size=256 ;;
  esac
  tare_heap=-Xmx$((tare_size < 160 ? 64 : tare_size - 96))m
}

# Whether the words want the jars of the fleet's commands, which others are started without.
is_of_fleet() { case "${1:-} ${2:-}" in fleet\ * | agent\ * | help\ fleet | help\ agent) ;; *) return 1 ;; esac; }

# Sets 'tare_flags' to what a JVM that serves a command is started with, by the name of its cache: tare (a package has one for ps beside it), recorder or heap.
set_flags() {
  tare_common="-XX:+UseSerialGC -XX:-UsePerfData --enable-native-access=ALL-UNNAMED -Xlog:disable -Xlog:all=error,cds=off,aot=off:stderr"
  case $1 in
    # A short command wants the quick compiler and the simple collector, and ends before what another run made much use of is compiled.
    tare | ps) tare_flags="$tare_common -XX:TieredStopAtLevel=1 -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining -Xms24m -Xmn12m -Xss512k" ;;
    # These stay for hours beside what they look at: a small heap that gives back what a ledger took. Back to the kernel goes what malloc
    # keeps; and no thread wakes four times a second to look after locks that nobody inflates.
    recorder) tare_flags="$tare_common -XX:TieredStopAtLevel=1 -Xms${recorder_heap:-4m} -Xmn2m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:-ShrinkHeapInSteps \
-Djdk.nio.maxCachedBufferSize=65536 -Xss512k -XX:TrimNativeHeapInterval=30000 -XX:+IgnoreUnrecognizedVMOptions \
-XX:+UnlockDiagnosticVMOptions -XX:AsyncDeflationInterval=60000" ;;
    # The analysis of a heap dump is long work: the optimising compiler, but only for what is really hot; little garbage, most memory
    # outside the Java heap.
    heap) tare_flags="$tare_common -Xms32m -Xmn16m -XX:CompileThresholdScaling=4" ;;
  esac
}

jvm_flags() {
  set_flags "$1"
  echo "$tare_flags"
}

# start HOME JAVA CLASS_PATH CACHE WORDS…   Becomes Tare. CACHE is the flag that names it, where KIND stands for the kind of command.
start() {
  home=$1 java=$2 class_path=$3 cache=$4
  shift 4
  tare_heap=
  case ${1:-} in
    heap | open)
      kind=heap
      # Blocks of memory that are given back go back to the system at once.
      export MALLOC_MMAP_THRESHOLD_=131072
      ;;
    # A database that runs in the process has memory of its own, which --memory bounds.
    fleet) kind=tare tare_heap=-Xmx256m ;;
    record | run | watch | agent)
      kind=recorder
      set_heap "$@"
      # One ledger after the other: what each leaves, some 8 MB, is to die young, for a full collection costs as much as the ledger.
      [ "$1" != agent ] || tare_heap="$tare_heap -Xms28m -Xmn16m -XX:SurvivorRatio=2"
      # Not for a command that is run: it would inherit them.
      [ "$1" = run ] || export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}" MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-262144}"
      ;;
    *)
      kind=tare
      set_heap "$@"
      ;;
  esac
  case $cache in *KIND*) cache=${cache%%KIND*}$kind${cache#*KIND} ;; esac
  # One that is missing costs time only.
  [ -r "${cache#*=}" ] || cache=
  # Flags have no blanks in them, paths may have.
  set_flags $kind
  exec "$java" $tare_flags $tare_heap ${cache:+"$cache"} "-Dtare.home=$home" -cp "$class_path" io.tare.app.Main "$@"
}
