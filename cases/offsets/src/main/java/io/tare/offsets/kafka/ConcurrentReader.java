package io.tare.offsets.kafka;

import io.tare.offsets.state.CommitPoint;
import io.tare.offsets.state.NotAState;
import io.tare.offsets.state.PartitionBook;
import io.tare.offsets.state.StateText;
import io.tare.offsets.tracker.Standing;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics with a Kafka consumer, works on many messages of a partition at once, and commits the next offset to read with
 * what is done behind it as metadata. After a rebalance or a restart only what was not committed as done is worked on again.
 *
 * <p>Each message is handled at least once. Worked on twice are at most: those done since the last commit, those under way, and
 * those that a commit had no room for ({@link ReaderCounts#leftOut}; none as long as the window is
 * {@link StateText#offsetsThatAlwaysFit} or smaller). The consumer must not commit by itself. One thread calls {@link #poll}.
 */
public final class ConcurrentReader<K, V> implements AutoCloseable {
  private static final int UNDER_WAY_PER_WORKER = 4;
  /** While messages wait for a worker, the consumer looks only this long for others. */
  private static final Duration SHORT = Duration.ofMillis(5);

  /** Works on one message; one that throws is handed out again later. */
  @FunctionalInterface
  public interface Handler<K, V> {
    void handle(ConsumerRecord<K, V> message);
  }

  private record Again<K, V>(Held<K, V> held, ConsumerRecord<K, V> message, long dueNanos) {}

  private final Consumer<K, V> consumer;
  private final Handler<K, V> handler;
  private final ReaderSettings settings;
  private final ExecutorService workers;
  private final Semaphore free;
  private final Map<TopicPartition, Held<K, V>> held = new HashMap<>();
  private final ConcurrentLinkedQueue<Again<K, V>> again = new ConcurrentLinkedQueue<>();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong doneTooLate = new AtomicLong();
  private volatile @Nullable Throwable lastFailure;
  private long skipped;
  private long commits;
  private long commitsFailed;
  private long cutShort;
  private long notRestored;
  private long startedOver;
  private int metadataBytes;
  private long committedNanos = System.nanoTime();

  /** The reader takes the consumer over, and closes it in the end. */
  public ConcurrentReader(Consumer<K, V> consumer, Handler<K, V> handler, ReaderSettings settings) {
    this.consumer = consumer;
    this.handler = handler;
    this.settings = settings;
    this.metadataBytes = settings.metadataBytes();
    this.workers = Executors.newFixedThreadPool(settings.workers(),
        Thread.ofPlatform().daemon().name("offsets-worker-", 0).factory());
    this.free = new Semaphore(settings.workers() * UNDER_WAY_PER_WORKER);
  }

  public void subscribe(Collection<String> topics) {
    consumer.subscribe(topics, new Rebalance());
  }

  /** Reads what there is, hands it out, and commits when it is time. To be called again and again, on one thread. */
  public void poll(Duration most) {
    handOut();
    boolean anyWaiting = held.values().stream().anyMatch(one -> !one.waiting.isEmpty()) || !again.isEmpty();
    for (ConsumerRecord<K, V> message : consumer.poll(anyWaiting && most.compareTo(SHORT) > 0 ? SHORT : most)) {
      Held<K, V> of = held.get(new TopicPartition(message.topic(), message.partition()));
      if (of != null) {
        of.waiting.add(message);
      }
    }
    handOut();
    if (System.nanoTime() - committedNanos >= settings.commitEvery().toNanos()) {
      commit(held.values());
    }
  }

  private void handOut() {
    handOutAgain();
    for (Held<K, V> one : List.copyOf(held.values())) {
      Held<K, V> current = startedOverIfItWentBack(one);
      while (!current.waiting.isEmpty() && take(current)) {
        current.waiting.removeFirst();
      }
      TopicPartition partition = current.partition;
      if (current.waiting.isEmpty()) {
        consumer.resume(List.of(partition));
      } else {
        consumer.pause(List.of(partition));
      }
    }
  }

  private void handOutAgain() {
    long now = System.nanoTime();
    Iterator<Again<K, V>> all = again.iterator();
    while (all.hasNext()) {
      Again<K, V> one = all.next();
      if (one.held().isRevoked()) {
        all.remove();
      } else if (now - one.dueNanos() >= 0 && free.tryAcquire()) {
        all.remove();
        start(one.held(), one.message());
      }
    }
  }

  /** False when there is no room for it now. */
  private boolean take(Held<K, V> one) {
    ConsumerRecord<K, V> message = one.waiting.getFirst();
    if (!free.tryAcquire()) {
      return false;
    }
    PartitionBook.Receipt receipt = one.book.receive(message.offset());
    if (receipt == PartitionBook.Receipt.WORK) {
      start(one, message);
      return true;
    }
    free.release();
    skipped += receipt == PartitionBook.Receipt.DONE_BEFORE ? 1 : 0;
    return receipt == PartitionBook.Receipt.DONE_BEFORE;
  }

  private void start(Held<K, V> one, ConsumerRecord<K, V> message) {
    one.underWay.incrementAndGet();
    workers.execute(new FutureTask<>(() -> handler.handle(message), true) {
      @Override
      protected void done() {
        ended(one, message, state() == State.FAILED ? exceptionNow() : null);
      }
    });
  }

  private void ended(Held<K, V> one, ConsumerRecord<K, V> message, @Nullable Throwable failure) {
    if (failure == null) {
      one.book.done(message.offset());
      done.incrementAndGet();
      if (one.isRevoked()) {
        doneTooLate.incrementAndGet();
      }
    } else {
      lastFailure = failure;
      failed.incrementAndGet();
      again.add(new Again<>(one, message, System.nanoTime() + settings.retryAfter().toNanos()));
    }
    one.underWay.decrementAndGet();
    free.release();
  }

  /** Somebody sought back, or the log was cut: then the book begins anew, and what is known of the old one is of no use. */
  private Held<K, V> startedOverIfItWentBack(Held<K, V> one) {
    ConsumerRecord<K, V> first = one.waiting.peekFirst();
    if (first == null || first.offset() > one.book.lastReceived()) {
      return one;
    }
    startedOver++;
    Held<K, V> anew = new Held<>(one.partition, book(Standing.at(first.offset())));
    anew.waiting.addAll(one.waiting);
    one.revoke();
    held.put(one.partition, anew);
    return anew;
  }

  private PartitionBook book(Standing before) {
    return new PartitionBook(before, settings.window());
  }

  /** Commits what changed. What the broker refuses for a while is told by the next commit. */
  private void commit(Collection<Held<K, V>> some) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    Map<Held<K, V>, CommitPoint> points = new HashMap<>();
    for (Held<K, V> one : some) {
      CommitPoint point = one.book.commitPoint(metadataBytes);
      if (!point.equals(one.committed)) {
        points.put(one, point);
        offsets.put(one.partition, new OffsetAndMetadata(point.nextToRead(), point.metadata()));
      }
    }
    committedNanos = System.nanoTime();
    if (offsets.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(offsets);
      points.forEach((one, point) -> {
        one.committed = point;
        cutShort += point.leftOut() > 0 ? 1 : 0;
      });
      commits += points.size();
    } catch (OffsetMetadataTooLarge e) {
      // This broker takes less than others: the next commit tries half.
      metadataBytes /= 2;
      commitsFailed++;
    } catch (CommitFailedException | RebalanceInProgressException | RetriableException e) {
      commitsFailed++;
    }
  }

  private final class Rebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
      for (TopicPartition partition : partitions) {
        held.put(partition, new Held<>(partition, book(before(partition, committed.get(partition)))));
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      List<Held<K, V>> ending = partitions.stream().map(held::get).filter(one -> one != null).toList();
      ending.forEach(one -> one.waiting.clear());
      drain(ending);
      commit(ending);
      onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : partitions) {
        Optional.ofNullable(held.remove(partition)).ifPresent(Held::revoke);
      }
    }
  }

  private Standing before(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
    long position = consumer.position(partition);
    if (committed != null && committed.offset() == position) {
      try {
        return StateText.read(position, committed.metadata());
      } catch (NotAState e) {
        notRestored++;
      }
    }
    return Standing.at(position);
  }

  /** Waits for what is under way, but not for ever: a message that is stuck is worked on by the next reader. */
  private void drain(Collection<Held<K, V>> some) {
    long end = System.nanoTime() + settings.drain().toNanos();
    while (some.stream().anyMatch(one -> one.underWay.get() > 0) && System.nanoTime() - end < 0) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** To be called on the thread that polls. */
  public ReaderCounts counts() {
    long leftOut = held.values().stream().map(one -> one.committed).filter(point -> point != null)
        .mapToLong(CommitPoint::leftOut).sum();
    return new ReaderCounts(done.get(), skipped, failed.get(), doneTooLate.get(), commits, commitsFailed, cutShort,
        leftOut, notRestored, startedOver);
  }

  /** What the last attempt that failed ended with. */
  public Optional<Throwable> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  /** Waits for what is under way, commits, and leaves the group. To be called on the thread that polls. */
  @Override
  public void close() {
    List<Held<K, V>> all = List.copyOf(held.values());
    all.forEach(one -> one.waiting.clear());
    drain(all);
    commit(all);
    workers.shutdownNow();
    consumer.close();
  }
}
