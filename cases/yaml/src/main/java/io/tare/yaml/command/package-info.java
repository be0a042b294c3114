/** The command {@code yaml}. */
@NullMarked
package io.tare.yaml.command;

import org.jspecify.annotations.NullMarked;
