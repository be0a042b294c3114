/**
 * The hprof file format, and nothing about what it means: from a file to roots, classes, objects and arrays in the order in which they
 * stand. Reading order: {@code DumpFile} (bytes, inflated by {@code Gzip}), {@code Window} (a place in them), {@code Outline} (the
 * top-level records, read by {@code OutlineReader}), {@code HeapWalker} (what lies in the heap segments) and {@code HeapVisitor} (who
 * sees it).
 */
@NullMarked
package io.tare.heap.hprof;

import org.jspecify.annotations.NullMarked;
