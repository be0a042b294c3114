/**
 * The Go runtime's own account of its memory, read from its structures without symbols: stripped programs are readable too. Read
 * {@link io.tare.capture.memory.go.GoRuntime} first, then {@code PageAllocator} (which pages are allocated) and {@code Spans} (for what).
 */
@NullMarked
package io.tare.capture.memory.go;

import org.jspecify.annotations.NullMarked;
