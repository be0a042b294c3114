/**
 * The only part of the history that touches files, processes and the clock: the recording file, the recorder, what people say to it. Read
 * {@link io.tare.history.live.Recorder} first, then {@code TargetWatch} (one process), {@code LedgerSchedule} (when a ledger is worth its
 * price), {@code RecordingFile}, {@code MarkSource}.
 */
@NullMarked
package io.tare.history.live;

import org.jspecify.annotations.NullMarked;
