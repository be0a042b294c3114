/**
 * Building blocks that need less memory. Reading order: {@link io.tare.kit.BufferPool} and {@link io.tare.kit.ObjectPool}
 * with {@link io.tare.kit.Lease}, {@link io.tare.kit.StringInterner} and {@link io.tare.kit.ByteInterner},
 * {@link io.tare.kit.Utf8Slice}, {@link io.tare.kit.BumpArena} and {@link io.tare.kit.Slab},
 * {@link io.tare.kit.BatchReader}, {@link io.tare.kit.Presized}.
 */
@NullMarked
package io.tare.kit;

import org.jspecify.annotations.NullMarked;
