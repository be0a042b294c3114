/**
 * glibc's malloc, walked from outside without symbols. In: memory and mappings; out: arenas with what they hold and keep, and the chunks
 * that were mapped one by one.
 *
 * <p>In reading order: {@link io.tare.capture.memory.glibc.GlibcMalloc} says what is done, {@code ArenaState} is one {@code malloc_state}
 * in its layouts, {@code LibraryData} looks for it and for malloc's parameters in the data of the library, {@code ArenaSearch} finds the
 * arenas that have heaps and the ring of all, {@code MainArenaSearch} where the main one lies. {@code Chunk} is the head of a chunk,
 * {@code ChunkWalk} goes from one to the next, {@code FreeLists} counts those that only look used, {@code ArenaWalk} makes the sum of an arena.
 * {@code MappedChunks} finds those outside of all arenas.
 */
@NullMarked
package io.tare.capture.memory.glibc;

import org.jspecify.annotations.NullMarked;
