/** A Kafka consumer that works on many messages of a partition at once, at least once each. Reading order: {@code ConcurrentReader}, {@code ReaderSettings}. */
@NullMarked
package io.tare.offsets.kafka;

import org.jspecify.annotations.NullMarked;
