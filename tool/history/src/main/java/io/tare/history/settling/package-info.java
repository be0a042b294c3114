/**
 * What comes back after a load: read {@link io.tare.history.settling.SettlingCurve}.
 */
@NullMarked
package io.tare.history.settling;

import org.jspecify.annotations.NullMarked;
