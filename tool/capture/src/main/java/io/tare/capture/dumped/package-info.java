/**
 * Core files as a source of what is otherwise read of a live process: {@link io.tare.capture.dumped.CoreFile} says what is in one, {@link
 * io.tare.capture.dumped.CoreMemory} reads it by address, {@link io.tare.capture.dumped.CoreMappings} tells the mappings and what of them it holds.
 */
@NullMarked
package io.tare.capture.dumped;

import org.jspecify.annotations.NullMarked;
