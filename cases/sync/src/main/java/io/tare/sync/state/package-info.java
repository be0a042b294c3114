/** The state file: an LMDB B+tree from path to a fixed binary value. Reading order: {@code FileEntry}, {@code EntryLayout}, {@code EntryKey}, {@code StateCache}, {@code StateTransaction}. */
@NullMarked
package io.tare.sync.state;

import org.jspecify.annotations.NullMarked;
