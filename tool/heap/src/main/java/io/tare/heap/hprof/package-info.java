/** The hprof file format, and nothing about what it means. Reading order: {@code DumpFile} (bytes), {@code Outline} (top-level records), {@code HeapWalker} (what lies in the heap segments), {@code HeapVisitor}. */
@NullMarked
package io.tare.heap.hprof;

import org.jspecify.annotations.NullMarked;
