/**
 * Memory guards for JUnit 5 and 6. Reading order: the annotations, {@link io.tare.junit.MemoryGuards} with the same guards as
 * methods, {@link io.tare.junit.MemoryGuardExtension} which joins both.
 */
@NullMarked
package io.tare.junit;

import org.jspecify.annotations.NullMarked;
