/**
 * The tare command: the command line and the only wiring.
 */
@NullMarked
package io.tare.app;

import org.jspecify.annotations.NullMarked;
