/**
 * V8's heaps, read without symbols: {@code V8Page} proves one page by its own words, {@code V8Spaces} what is in use of them,
 * {@link io.tare.capture.memory.v8.V8Runtime} finds them and adds up.
 */
@NullMarked
package io.tare.capture.memory.v8;

import org.jspecify.annotations.NullMarked;
