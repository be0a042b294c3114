/**
 * What the executable and the libraries of a process tell by their names and symbols. Read
 * {@link io.tare.capture.memory.executable.ExecutableFile} first.
 */
@NullMarked
package io.tare.capture.memory.executable;

import org.jspecify.annotations.NullMarked;
