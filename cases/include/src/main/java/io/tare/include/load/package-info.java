/** An origin to ask, and a load with open arrivals. Reading order: {@code DemoOrigin}, {@code LoadGenerator}. */
@NullMarked
package io.tare.include.load;

import org.jspecify.annotations.NullMarked;
