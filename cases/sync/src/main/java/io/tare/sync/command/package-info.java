/** The command line: what was typed, and each command. */
@NullMarked
package io.tare.sync.command;

import org.jspecify.annotations.NullMarked;
