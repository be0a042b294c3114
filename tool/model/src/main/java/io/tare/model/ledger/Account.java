package io.tare.model.ledger;

import java.util.Arrays;
import java.util.Optional;

/** The chart of accounts: every line that a ledger can have. The ids are a public interface; they are added to, never renamed. */
public enum Account {
  HEAP_LIVE("heap.live", Kind.LIVE, "Java heap: live objects"),
  HEAP_GARBAGE("heap.garbage", Kind.GARBAGE,
      "Java heap: garbage"),
  HEAP_USED("heap.used", Kind.USED, "Java heap: objects, live or dead"),
  HEAP_IDLE(
      "heap.idle", Kind.IDLE, "Java heap: resident but empty"),
  HEAP_UNSPLIT("heap.unsplit", Kind.UNKNOWN, "Java heap: in use or empty, not known"),
  HEAP_DUPLICATE("heap.duplicate", Kind.SHARED,
      "Java heap: counted again (mapped more than once)"),
  METASPACE_CLASS("metaspace.class", Kind.MACHINERY,
      "Class metadata: class space"),
  METASPACE_NONCLASS("metaspace.nonclass", Kind.MACHINERY,
      "Class metadata: methods, constants"),
  CODE_CACHE("code.cache", Kind.MACHINERY,
      "Compiled code"),
  CODE_SEGMAP("code.segmap", Kind.MACHINERY,
      "Compiled code: segment maps"),
  CDS("cds", Kind.MACHINERY,
      "Class-data archive (CDS, AOT)"),
  GC("gc", Kind.MACHINERY,
      "Collector's side tables"),
  JVM_OTHER("jvm.other", Kind.MACHINERY,
      "Other JVM pages"),
  STACKS_JAVA("stacks.java", Kind.MACHINERY,
      "Stacks of Java threads"),
  STACKS_NATIVE("stacks.native", Kind.MACHINERY,
      "Stacks of native threads"),
  STACKS_CACHED("stacks.cached", Kind.IDLE,
      "Stacks of ended threads, kept for reuse"),
  MALLOC_USED(
      "malloc.used", Kind.USED,
      "malloc: in use"),
  MALLOC_IDLE("malloc.idle", Kind.IDLE,
      "malloc: freed but kept"),
  MALLOC_MMAPPED(
      "malloc.mmapped", Kind.USED,
      "malloc: large blocks, mapped one by one"),
  MALLOC_UNSPLIT(
      "malloc.unsplit", Kind.UNKNOWN,
      "Allocator's memory: in use or idle, not known"),
  MALLOC_OVERHEAD("malloc.overhead", Kind.MACHINERY,
      "Allocator's own tables"),
  GO_HEAP(
      "go.heap", Kind.USED,
      "Go heap: spans in use"),
  GO_IDLE("go.idle",
      Kind.IDLE,
      "Go heap: idle spans"),
  GO_UNSPLIT("go.unsplit", Kind.UNKNOWN, "Go heap: in use or idle, not known"),
  GO_STACKS(
      "go.stacks", Kind.MACHINERY,
      "Goroutine stacks"),
  GO_RUNTIME(
      "go.runtime", Kind.MACHINERY,
      "Go runtime's tables"),
  PYTHON_ARENAS(
      "python.arenas", Kind.USED,
      "Python objects (obmalloc arenas)"),
  PYTHON_IDLE(
      "python.idle", Kind.IDLE,
      "Python arenas: free blocks"),
  PYTHON_UNSPLIT("python.unsplit", Kind.UNKNOWN, "Python arenas: in use or free, not known"),
  PYTHON_OVERHEAD(
      "python.overhead", Kind.MACHINERY,
      "Python arenas: heads of pools"),
  V8_HEAP("v8.heap", Kind.USED, "JavaScript heap: objects, live or dead"),
  V8_IDLE("v8.idle", Kind.IDLE, "JavaScript heap: resident but empty"),
  V8_UNSPLIT("v8.unsplit", Kind.UNKNOWN, "JavaScript heap: in use or empty, not known"),
  V8_CODE("v8.code", Kind.MACHINERY, "JavaScript: compiled code"),
  V8_OVERHEAD("v8.overhead", Kind.MACHINERY, "JavaScript heap: heads of pages"),
  SCRIPT_HEAP("script.heap", Kind.USED, "Script's heap: objects and blocks in use"),
  SCRIPT_IDLE("script.idle", Kind.IDLE, "Script's heap: free slots and blocks"),
  SCRIPT_UNSPLIT("script.unsplit", Kind.UNKNOWN, "Script's heap: in use or free, not known"),
  SCRIPT_OVERHEAD("script.overhead", Kind.MACHINERY, "Script's heap: heads of pages"),
  SCRIPT_CODE("script.code", Kind.MACHINERY, "Script: compiled code"),
  SCRIPT_DUPLICATE("script.duplicate", Kind.SHARED, "Script: compiled code, counted again (mapped twice)"),
  DATABASE_POOL("database.pool", Kind.USED, "Database's buffer pool: pages in use"),
  DATABASE_IDLE("database.idle", Kind.IDLE, "Database's buffer pool: free pages"),
  DATABASE_UNSPLIT("database.unsplit", Kind.UNKNOWN, "Database's buffer pool: in use or free, not known"),
  DATABASE_OVERHEAD("database.overhead", Kind.MACHINERY, "Database's buffer pool: descriptions of pages"),
  DOTNET_HEAP("dotnet.heap", Kind.USED, ".NET heap: objects, live or dead"),
  DOTNET_IDLE("dotnet.idle", Kind.IDLE, ".NET heap: resident but empty"),
  DOTNET_UNSPLIT("dotnet.unsplit", Kind.UNKNOWN, ".NET heap: in use or empty, not known"),
  DOTNET_CODE("dotnet.code", Kind.MACHINERY, ".NET: compiled code and descriptions of types"),
  MAPPED(
      "mapped", Kind.FILE,
      "Mapped file"),
  MAPPED_DIRTY(
      "mapped.dirty",
      Kind.FILE,
      "Mapped file: changed pages"),
  SHARED(
      "shared",
      Kind.SHARED,
      "Shared memory"),
  LIBRARIES(
      "libraries",
      Kind.FILE,
      "Programs and libraries: code and constants"),
  LIBRARIES_DATA(
      "libraries.data",
      Kind.MACHINERY,
      "Programs and libraries: writable data"),
  KERNEL(
      "kernel",
      Kind.MACHINERY,
      "Kernel's special pages"),
  ANONYMOUS(
      "anonymous",
      Kind.UNKNOWN,
      "Anonymous memory that the program mapped itself"),
  ANONYMOUS_ZERO(
      "anonymous.zero",
      Kind.IDLE,
      "Anonymous memory that holds only zeros");

  private final String id;
  private final Kind kind;
  private final String title;

  Account(String id, Kind kind, String title) {
    this.id = id;
    this.kind = kind;
    this.title = title;
  }

  public String id() {
    return id;
  }

  public Kind kind() {
    return kind;
  }

  public String title() {
    return title;
  }

  public static Optional<Account> byId(String id) {
    return Arrays.stream(values()).filter(account -> account.id.equals(id)).findFirst();
  }
}
