/**
 * The memory of another process, read so that the process cannot notice. Read {@link io.tare.capture.memory.ProcessMemory} first,
 * then {@link io.tare.capture.memory.LiveMemory}.
 */
@NullMarked
package io.tare.capture.memory;

import org.jspecify.annotations.NullMarked;
