/**
 * The recording file ({@code docs/recording-format.md}) and what it holds; no file is touched here. Reading order:
 * {@link io.tare.history.recording.Entry}, {@link io.tare.history.recording.EntryWriter},
 * {@link io.tare.history.recording.FrameScan}, {@link io.tare.history.recording.Recording},
 * {@link io.tare.history.recording.Timelines}.
 */
@NullMarked
package io.tare.history.recording;

import org.jspecify.annotations.NullMarked;
