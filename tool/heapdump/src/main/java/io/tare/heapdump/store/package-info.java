/** Big arrays outside the Java heap, in memory up to a budget and in temporary files beyond it. Start with {@link io.tare.heapdump.store.Storage}. */
@NullMarked
package io.tare.heapdump.store;

import org.jspecify.annotations.NullMarked;
