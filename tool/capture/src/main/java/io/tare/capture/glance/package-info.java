/**
 * All processes at a glance, from a few small files each ({@link io.tare.capture.glance.Glances}), and finding one by what people call it
 * ({@link io.tare.capture.glance.PidFinder}).
 */
@NullMarked
package io.tare.capture.glance;

import org.jspecify.annotations.NullMarked;
