/** The command that starts a fault, in a JVM with the flags that it wants or as a native program built on demand. */
@NullMarked
package io.tare.cases.faults.launch;

import org.jspecify.annotations.NullMarked;
