/**
 * Commands that look at one moment: explain, ps, capture, demo.
 */
@NullMarked
package io.tare.app.look;

import org.jspecify.annotations.NullMarked;
