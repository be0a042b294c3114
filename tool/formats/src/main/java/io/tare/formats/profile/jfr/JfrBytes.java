package io.tare.formats.profile.jfr;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.ValueType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * A flight recording, of the JVM (from JDK 11 on) or of async-profiler: chunks, each with its own types and tables. Of its events those are
 * read that say who allocated what, and what of it still lived; the rest is passed over. Chunks are read side by side and added up in their order.
 */
public final class JfrBytes {
  static final List<ValueType> TYPES = List.of(new ValueType("alloc_objects", "samples"),
      new ValueType("alloc_space", "bytes"), new ValueType("inuse_objects", "samples"),
      new ValueType("inuse_space", "bytes"));
  private static final int MOST_READERS = 4;
  private static final int HEAD_WINDOW_BYTES = 128;

  private final String artifact;
  private final JfrSource source;
  private final Predicate<String> tags;
  private final int windowBytes;
  /** Those that read nothing at the moment. */
  private final Queue<JfrInput> inputs = new ConcurrentLinkedQueue<>();
  private final JfrInput heads;
  private final JfrSums sums;

  private JfrBytes(String artifact, JfrSource source, Predicate<String> tags, int windowBytes) {
    this.artifact = artifact;
    this.source = source;
    this.tags = tags;
    this.windowBytes = windowBytes;
    this.heads = new JfrInput(artifact, source, Math.min(windowBytes, HEAD_WINDOW_BYTES));
    this.sums = new JfrSums(artifact);
  }

  public static Parsed<Profile> parse(String artifact, byte[] content, ParseLimits limits) throws NotThisFormat {
    return parse(artifact, JfrSource.of(content), limits);
  }

  public static Parsed<Profile> parse(String artifact, JfrSource source, ParseLimits limits) throws NotThisFormat {
    return parse(artifact, source, limits, tag -> true);
  }

  /**
   * Reads a recording of any size: what is remembered of it is small.
   *
   * @param tags which of {@code type}, {@code thread} and {@code event} are told: without them there are many fewer stacks to tell apart
   */
  public static Parsed<Profile> parse(String artifact, JfrSource source, ParseLimits limits, Predicate<String> tags)
      throws NotThisFormat {
    return parse(artifact, source, limits, tags, JfrInput.WINDOW_BYTES);
  }

  static Parsed<Profile> parse(String artifact, JfrSource source, ParseLimits limits, Predicate<String> tags,
      int windowBytes) throws NotThisFormat {
    ProblemList problems = new ProblemList(artifact, limits);
    JfrBytes reader = new JfrBytes(artifact, source, tags, windowBytes);
    if (!JfrChunk.isAt(0, source) || reader.chunks(problems) == 0) {
      throw new NotThisFormat(artifact + " is no flight recording");
    }
    return new Parsed<>(reader.sums.profile(tags.test("event")), problems.toList());
  }

  /** A chunk that is being read, or what was wrong with it already. */
  private record Begun(long at, long end, Future<JfrChunk> chunk) {}

  /** Reads them all, or up to one that is torn; returns how many. */
  private int chunks(ProblemList problems) throws NotThisFormat {
    int readers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_READERS);
    Deque<Begun> begun = new ArrayDeque<>();
    int chunks = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(readers)) {
      for (long next = 0; next >= 0 || !begun.isEmpty();) {
        // No further ahead than there are readers: a file may claim any number of chunks.
        while (next >= 0 && begun.size() <= readers) {
          Begun one = begin(next, pool);
          begun.add(one);
          next = JfrChunk.isAt(one.end(), source) ? one.end() : -1;
        }
        Begun first = begun.remove();
        try {
          sums.add(read(first.chunk()));
        } catch (NotThisFormat torn) {
          if (chunks == 0) {
            throw torn;
          }
          problems.add("byte " + first.at(), "a torn part is left out: " + torn.getMessage());
          break;
        }
        chunks++;
      }
    }
    return chunks;
  }

  /** One that is torn already where it begins is the last. */
  private Begun begin(long at, ExecutorService pool) {
    try {
      JfrChunk.Head head = JfrChunk.head(heads, artifact, at);
      return new Begun(at, head.end(), pool.submit(() -> read(head)));
    } catch (NotThisFormat torn) {
      return new Begun(at, source.bytes(), CompletableFuture.failedFuture(torn));
    }
  }

  private JfrChunk read(JfrChunk.Head head) throws NotThisFormat {
    JfrInput idle = inputs.poll();
    JfrInput in = idle == null ? new JfrInput(artifact, source, windowBytes) : idle;
    JfrChunk chunk = JfrChunk.read(in, head, tags);
    inputs.add(in);
    return chunk;
  }

  private JfrChunk read(Future<JfrChunk> chunk) throws NotThisFormat {
    try {
      return chunk.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case NotThisFormat torn -> throw torn;
        case RuntimeException bug -> throw bug;
        case Error grave -> throw grave;
        case null, default -> throw new IllegalStateException(failed);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new NotThisFormat(artifact + " was not read to its end: this was interrupted");
    }
  }
}
