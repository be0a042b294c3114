/**
 * Building blocks that need less memory. Reading order: {@link io.tare.kit.BufferPool} and {@link io.tare.kit.ObjectPool}
 * with {@link io.tare.kit.Lease}, {@link io.tare.kit.BumpArena} and {@link io.tare.kit.Slab}, {@link io.tare.kit.Presized}; then
 * {@link io.tare.kit.text} and {@link io.tare.kit.batch}.
 */
@NullMarked
package io.tare.kit;

import org.jspecify.annotations.NullMarked;
