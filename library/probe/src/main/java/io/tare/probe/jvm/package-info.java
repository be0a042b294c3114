/** What the JVM answers about itself when asked from inside. */
@NullMarked
package io.tare.probe.jvm;

import org.jspecify.annotations.NullMarked;
