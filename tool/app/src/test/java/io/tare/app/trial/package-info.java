/** Trials at the command line, with real commands. */
@NullMarked
package io.tare.app.trial;

import org.jspecify.annotations.NullMarked;
