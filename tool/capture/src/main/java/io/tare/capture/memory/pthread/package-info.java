/**
 * Native threads by their control blocks ({@code struct pthread}): from glibc's own lists of stacks where its descriptors for
 * debuggers can be read ({@code ThreadDatabase}), else by a search for blocks that point to themselves ({@code ControlBlock}). Read
 * {@link io.tare.capture.memory.pthread.PthreadScan} first.
 */
@NullMarked
package io.tare.capture.memory.pthread;

import org.jspecify.annotations.NullMarked;
