/** The only code that touches JFR, loaded only when the module jdk.jfr is there. */
@NullMarked
package io.tare.probe.jfr;

import org.jspecify.annotations.NullMarked;
