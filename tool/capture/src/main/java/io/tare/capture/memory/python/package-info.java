/**
 * CPython's small-object allocator, read from the heads of its pools without symbols. Read
 * {@link io.tare.capture.memory.python.PythonRuntime} first.
 */
@NullMarked
package io.tare.capture.memory.python;

import org.jspecify.annotations.NullMarked;
