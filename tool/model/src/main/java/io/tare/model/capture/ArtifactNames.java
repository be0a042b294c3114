package io.tare.model.capture;

/** The names of the artefacts, written once. A trailing slash marks a folder of artefacts. */
public final class ArtifactNames {
  private ArtifactNames() {}

  /** What a core file says of itself, where the capture is of one ({@code core held=… mapped=… missing=… signal=…}); bytes. */
  public static final String CORE = "core";

  public static final String STAT = "proc/stat";
  public static final String STATUS = "proc/status";
  public static final String STATUS_AFTER = "proc/status.after";
  public static final String SMAPS = "proc/smaps";

  /** The plain mapping list: all there is where smaps is refused. */
  public static final String MAPS = "proc/maps";

  /** Where {@code /proc/PID/exe} points to. */
  public static final String EXE = "proc/exe";

  public static final String STATM = "proc/statm";

  /** {@code /proc/PID/task}: a fact line a thread ({@code thread tid=… comm=… state=…}). */
  public static final String TASKS = "proc/tasks";

  /** Descriptors that are memory: memfds, deleted shared files ({@code fd n=… target=… size=… blocks=… inode=… device=…}). */
  public static final String FDS = "proc/fds";

  /** The two files of {@code /proc/meminfo} and {@code /proc/sys} that give the machine its frame. */
  public static final String MEMINFO = "proc/meminfo";

  /**
   * The settings that move memory, picked from the command line and the environment, which are themselves never kept: {@code
   * flag text=-Xmx1g}, {@code variable name=MALLOC_ARENA_MAX value=2}.
   */
  public static final String SETTINGS = "proc/settings";

  /** {@code /proc/uptime}, read beside the process's status. */
  public static final String UPTIME = "proc/uptime";

  /** Resident pages of every mapping with resident bytes, run-length encoded ({@code formats.pages}). */
  public static final String PAGES = "pages";

  public static final String CGROUP_MEMBERSHIP = "cgroup/membership";

  /** {@code cgroup/0/…} is the process's own group, {@code cgroup/1/…} its parent, up to the root that is visible. */
  public static final String CGROUP = "cgroup/";

  /** Which groups {@code cgroup/0/}, {@code cgroup/1/} … are: {@code level n=0 version=1 path=/…}. */
  public static final String CGROUP_LEVELS = "cgroup/levels";

  /** The processes of the innermost group: {@code member pid=… name=… rss=…}, bytes. */
  public static final String CGROUP_MEMBERS = "cgroup/members";

  public static final String HSPERFDATA = "hsperfdata";

  /** HotSpot's exported structure tables, walked; facts, see {@code formats.facts}. */
  public static final String HOTSPOT = "memory/hotspot";

  /** Thread control blocks found in memory. */
  public static final String PTHREADS = "memory/pthreads";

  /** glibc's arenas, walked. */
  public static final String MALLOC = "memory/malloc";

  public static final String GO = "memory/go";
  /** Who allocated what, as Go's runtime keeps it: names of functions, and counts. */
  public static final String GO_PROFILE = "memory/go.profile";

  /** Objects and bytes by type, as the heap of a JVM or of CPython holds them: names and counts. */
  public static final String CENSUS = "memory/census";

  public static final String PYTHON = "memory/python";
  public static final String V8 = "memory/v8";

  /** Large files that are mapped as data: how long they are, and what of them is on the disk. */
  public static final String MAPPED_FILES = "proc/mapped";

  /** The heap of PHP, Ruby or Erlang, as its own structures tell. */
  public static final String SCRIPT_HEAP = "memory/script.heap";

  /** What a database keeps in memory of its files, as its own structures tell. */
  public static final String DATABASE = "memory/database";

  /** The heap of .NET, as its collector's own structures tell. */
  public static final String DOTNET = "memory/dotnet";

  /** What the executable file says of itself: Go build information, static linking, interpreter. */
  public static final String EXECUTABLE = "memory/executable";

  /** Which part of each large anonymous mapping holds nothing but zeros: by looking at its present pages, or a sample of them. */
  public static final String ZEROS = "memory/zeros";

  /** Answers of the JVM to diagnostic commands: {@code ask/VM.info}. */
  public static final String ASK = "ask/";

  public static final String ASK_VERSION = "ask/VM.version";
  public static final String ASK_FLAGS = "ask/VM.flags";
  public static final String ASK_HEAP_INFO = "ask/GC.heap_info";
  public static final String ASK_CODECACHE = "ask/Compiler.codecache";
  public static final String ASK_METASPACE = "ask/VM.metaspace";
  public static final String ASK_METASPACE_LIST = "ask/VM.metaspace.vslist";
  public static final String ASK_NMT = "ask/VM.native_memory";
  public static final String ASK_NMT_DETAIL = "ask/VM.native_memory.detail";
  public static final String ASK_VM_INFO = "ask/VM.info";
  public static final String ASK_SYSTEM_MAP = "ask/System.map";

  /** The answer to a full collection that ran before the mappings were read. */
  public static final String ASK_GC = "ask/GC.run";

  /** Counts all objects, garbage included; no collection runs. */
  public static final String ASK_HISTOGRAM = "ask/GC.class_histogram";
}
