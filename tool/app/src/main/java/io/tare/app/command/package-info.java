/**
 * The commands, one class each. {@link io.tare.app.command.Commands} lists them; each wires capture, reconcile and report
 * together for one purpose.
 */
@NullMarked
package io.tare.app.command;

import org.jspecify.annotations.NullMarked;
