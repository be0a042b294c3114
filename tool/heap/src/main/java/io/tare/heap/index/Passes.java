package io.tare.heap.index;

import io.tare.heap.hprof.DumpFile;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.HeapWalker;
import io.tare.heap.hprof.Outline.Segment;
import io.tare.heap.hprof.ProblemLog;
import io.tare.heap.hprof.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Walks over parts of the dump with several threads: one visitor per thread, part by part.
 *
 * @param progress told the bytes of every part that is done
 */
public record Passes(DumpFile file, int idBytes, ProblemLog problems, int threads, LongConsumer progress) {

  /** What a thread takes at a time, if it lies together. */
  private static final long MOST_TOGETHER = 1 << 20;
  private static final int SMALLEST_WINDOW = 4 << 10;
  /** No more than this is walked over by whoever asks: to start a thread takes longer. */
  private static final long SMALL = 64 << 10;

  /** Returns the visitors, which have seen all parts among them. */
  public <V extends HeapVisitor> List<V> walk(List<Segment> wanted, Supplier<V> visitors) {
    List<Segment> parts = together(wanted);
    long bytes = parts.stream().mapToLong(part -> part.to() - part.from()).sum();
    // Of many small parts no more is read than they have, about.
    int windowBytes = Math.clamp(2 * bytes / Math.max(1, parts.size()), SMALLEST_WINDOW, Window.LARGE);
    AtomicInteger next = new AtomicInteger();
    if (bytes <= SMALL) {
      V visitor = visitors.get();
      return List.of(work(parts, next, new HeapWalker(file, idBytes, visitor, problems, windowBytes), visitor));
    }
    return onEveryThread(() -> {
      V visitor = visitors.get();
      HeapWalker walker = new HeapWalker(file, idBytes, visitor, problems, windowBytes);
      return () -> work(parts, next, walker, visitor);
    });
  }

  /** What each thread has found, when all are done. */
  public <V> List<V> onEveryThread(Supplier<Callable<V>> work) {
    List<Future<V>> workers = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads, Passes::thread)) {
      for (int i = 0; i < threads; i++) {
        workers.add(pool.submit(work.get()));
      }
    }
    return workers.stream().map(Passes::result).toList();
  }

  /** Parts of which one ends where the next begins are read as one. */
  private static List<Segment> together(List<Segment> parts) {
    List<Segment> joined = new ArrayList<>();
    for (Segment part : parts) {
      Segment last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && last.to() == part.from() && part.to() - last.from() <= MOST_TOGETHER) {
        joined.set(joined.size() - 1, new Segment(last.from(), part.to()));
      } else {
        joined.add(part);
      }
    }
    return joined;
  }

  private <V extends HeapVisitor> V work(List<Segment> parts, AtomicInteger next, HeapWalker walker, V visitor) {
    for (int i = next.getAndIncrement(); i < parts.size(); i = next.getAndIncrement()) {
      Segment part = parts.get(i);
      walker.walk(part.from(), part.to());
      progress.accept(part.to() - part.from());
    }
    return visitor;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "heap-walker");
    thread.setDaemon(true);
    return thread;
  }

  private static <V> V result(Future<V> worker) {
    try {
      return worker.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
