package io.tare.offsets.kafka;

import io.tare.offsets.state.CommitPoint;
import io.tare.offsets.state.PartitionBook;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A partition that this reader holds: its book, the messages that were read and not handed out yet, and those under way. */
final class Held<K, V> {
  final TopicPartition partition;
  final PartitionBook book;
  /** At most what one poll brought, since a partition with some waiting is not polled. */
  final Deque<ConsumerRecord<K, V>> waiting = new ArrayDeque<>();
  final AtomicInteger underWay = new AtomicInteger();
  @Nullable
  CommitPoint committed;
  private volatile boolean revoked;

  Held(TopicPartition partition, PartitionBook book) {
    this.partition = partition;
    this.book = book;
  }

  void revoke() {
    revoked = true;
    waiting.clear();
  }

  boolean isRevoked() {
    return revoked;
  }
}
