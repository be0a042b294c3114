/**
 * The command line's grammar: {@link io.tare.app.cli.Command}s with {@link io.tare.app.cli.Option}s, parsed into
 * {@link io.tare.app.cli.Arguments}; help texts and shell completion are made from the same table.
 */
@NullMarked
package io.tare.app.cli;

import org.jspecify.annotations.NullMarked;
