/**
 * What the native allocators and other runtimes hold. Read {@link io.tare.model.alloc.MallocReading} first.
 */
@NullMarked
package io.tare.model.alloc;

import org.jspecify.annotations.NullMarked;
