/**
 * The artefacts that Tare writes of what it found in a process's memory: native threads, malloc, the facts of a runtime, the
 * executable. Lines of {@link io.tare.formats.facts.Fact}; each class both writes and parses. Read
 * {@link io.tare.formats.memory.NativeThreadsText} first.
 */
@NullMarked
package io.tare.formats.memory;

import org.jspecify.annotations.NullMarked;
