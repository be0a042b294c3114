/**
 * glibc's malloc, walked from outside without symbols: find the arenas ({@code ArenaSearch}), walk their chunks ({@code ChunkWalk}),
 * count the lists that look in use ({@code FreeLists}), find the chunks that were mapped one by one ({@code MmappedChunks}). Read
 * {@link io.tare.capture.memory.glibc.GlibcMalloc} first.
 */
@NullMarked
package io.tare.capture.memory.glibc;

import org.jspecify.annotations.NullMarked;
