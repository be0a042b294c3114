/**
 * The only part of the history that touches files, processes and the clock: the recording file, the recorder, what people say to it.
 * Read {@link io.tare.history.live.Recorder} first.
 */
@NullMarked
package io.tare.history.live;

import org.jspecify.annotations.NullMarked;
