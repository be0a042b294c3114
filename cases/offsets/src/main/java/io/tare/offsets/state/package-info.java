/** What a partition's consumer knows, as text that Kafka keeps with a commit. Reading order: {@code StateText}, {@code Form}, {@code PartitionBook}. */
@NullMarked
package io.tare.offsets.state;

import org.jspecify.annotations.NullMarked;
