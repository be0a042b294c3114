package io.tare.capture.memory.pthread;

import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.executable.ProcessSymbols;
import io.tare.capture.memory.pthread.ControlBlock.BlockShape;
import io.tare.capture.memory.pthread.ControlBlock.SelfPointers;
import io.tare.capture.memory.pthread.ControlBlock.ThreadLayout;
import io.tare.capture.memory.pthread.ThreadDatabase.StackList;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.Problem;
import io.tare.model.alloc.NativeThread;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.proc.Smaps;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The native threads of a process, and the stacks that its C library keeps of threads that ended. */
public final class PthreadScan {
  /** Symbols of the C library and the loader that make the scan exact. */
  public static final Set<String> SYMBOLS = ThreadDatabase.SYMBOLS;

  private static final int LINK_BYTES = 2 * Long.BYTES;

  private final ProcessMemory memory;
  private final Smaps smaps;
  private final MappingIndex index;
  private final TaskIds tasks;
  private final Map<Long, ControlBlock> blocks = new LinkedHashMap<>();

  private PthreadScan(ProcessMemory memory, Smaps smaps, TaskIds tasks) {
    this.memory = memory;
    this.smaps = smaps;
    this.index = new MappingIndex(smaps);
    this.tasks = tasks;
  }

  /**
   * Finds the threads.
   *
   * @param memory where constants of untouched pages can be read too, more is found
   * @param symbols those of {@link #SYMBOLS} that could be found
   */
  public static Parsed<List<NativeThread>> find(ProcessMemory memory, Smaps smaps, TaskIds tasks,
      ProcessSymbols symbols) {
    return new PthreadScan(memory, smaps, tasks).find(new ThreadDatabase(memory, symbols));
  }

  private Parsed<List<NativeThread>> find(ThreadDatabase database) {
    fromLists(database);
    ThreadLayout layout = ThreadLayout.learn(blocks.values(), database.offset("tid"), tasks);
    if (missing(layout) > 0) {
      new SelfPointers(memory).find(smaps).forEach(this::addWithItsLike);
      layout = ThreadLayout.learn(blocks.values(), database.offset("tid"), tasks);
      alongRings(layout);
    }
    ThreadLayout learned = layout;
    List<NativeThread> threads = blocks.values().stream().flatMap(block -> thread(block, learned).stream())
        .sorted(Comparator.comparing(NativeThread::stack)).toList();
    long missing = missing(learned);
    boolean onlyMain = missing == 1 && threads.stream().noneMatch(NativeThread::main);
    List<Problem> problems = missing == 0 || onlyMain
        ? List.of()
        : List.of(new Problem(ArtifactNames.PTHREADS, "",
            "of " + tasks.seenByOwn().size() + " threads, " + missing + " have no control block that could be found"));
    return new Parsed<>(threads, problems);
  }

  private void fromLists(ThreadDatabase database) {
    if (database.offset("list").isEmpty()) {
      return;
    }
    int link = database.offset("list").getAsInt();
    for (Optional<Long> head : List.of(database.usedStacks(), database.userStacks(), database.cachedStacks())) {
      head.ifPresent(at -> new StackList(memory, at).links().forEach(place -> add(place - link)));
    }
  }

  private void add(long address) {
    if (!blocks.containsKey(address)) {
      ControlBlock.read(memory, address).ifPresent(block -> blocks.put(address, block));
    }
  }

  private void addWithItsLike(long place) {
    BlockShape shape = new BlockShape(memory);
    if (shape.isGlibc(place)) {
      add(place);
    } else if (!blocks.containsKey(place)) {
      shape.muslRing(place).forEach(this::add);
    }
  }

  /** glibc links the blocks of one kind into a ring, right before the thread's id: so each leads to those that no search finds. */
  private void alongRings(ThreadLayout layout) {
    if (layout.tid().isEmpty()) {
      return;
    }
    int link = layout.tid().getAsInt() - LINK_BYTES;
    BlockShape shape = new BlockShape(memory);
    Set<Long> followed = new HashSet<>();
    for (long block : List.copyOf(blocks.keySet())) {
      if (followed.add(block) && shape.isGlibc(block)) {
        for (long place : new StackList(memory, block + link).links()) {
          followed.add(place - link);
          if (shape.isGlibc(place - link)) {
            add(place - link);
          }
        }
      }
    }
  }

  private long missing(ThreadLayout layout) {
    return tasks.seenByOwn().size()
        - blocks.values().stream().map(layout::tidOf).filter(tasks::isLive).distinct().count();
  }

  /** A thread; empty for a place that points to itself by chance. */
  private Optional<NativeThread> thread(ControlBlock block, ThreadLayout layout) {
    long tid = layout.tidOf(block);
    boolean live = tasks.isLive(tid);
    Optional<AddressRange> stack = layout.stackOf(block);
    if (!live && stack.isEmpty()) {
      return Optional.empty();
    }
    AddressRange range = stack.orElseGet(() -> pagesOf(block.address()));
    return Optional.of(new NativeThread(tasks.seen(tid), live, tasks.isMain(tid), range));
  }

  /** The control block's pages alone; the loader keeps the main thread's block in a small mapping of its own. */
  private AddressRange pagesOf(long address) {
    long page = memory.pageBytes();
    AddressRange pages = AddressRange.ofSize(address / page * page, 2 * page);
    return index.at(address).map(mapping -> mapping.range().bytes() <= 16 * page
        ? mapping.range()
        : mapping.range().intersection(pages)).orElse(pages);
  }
}
