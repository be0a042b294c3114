/**
 * CPython's allocator for small objects, read without symbols: {@code PoolScan} finds the pools in anonymous memory,
 * {@link io.tare.capture.memory.python.PythonRuntime} makes arenas and sums of them.
 */
@NullMarked
package io.tare.capture.memory.python;

import org.jspecify.annotations.NullMarked;
