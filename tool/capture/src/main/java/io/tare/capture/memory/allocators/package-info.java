/**
 * Allocators that serve malloc in glibc's place, each read by its own structures: {@link
 * io.tare.capture.memory.allocators.ForeignAllocators} asks them in turn. Each proves its layout while it reads; what fails its proof is
 * left alone, so that nothing is said of what is in use.
 */
@NullMarked
package io.tare.capture.memory.allocators;

import org.jspecify.annotations.NullMarked;
