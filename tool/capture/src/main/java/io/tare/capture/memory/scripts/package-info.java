/**
 * The heaps of runtimes that keep no symbols for them: PHP, Ruby, Erlang. Each is found by its own shape, chunk by chunk or page by page,
 * and believed only where its words agree with each other; no version's offsets stand in for that.
 */
@NullMarked
package io.tare.capture.memory.scripts;

import org.jspecify.annotations.NullMarked;
