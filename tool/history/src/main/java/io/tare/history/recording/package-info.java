/**
 * The recording file ({@code docs/recording-format.md}) and what it holds; no file is touched here. Reading order: {@code Entry} (one
 * record), {@code EntryWriter} and {@code EntryReader} (its bytes), {@code FrameScan} (where records begin in a damaged file),
 * {@code Recording} (all of a file), {@code Timelines}; {@code Thinning} makes its older part coarser.
 */
@NullMarked
package io.tare.history.recording;

import org.jspecify.annotations.NullMarked;
