/**
 * Native memory as the Java heap and as the process tell it: {@code HeapBridge} is the way in.
 */
@NullMarked
package io.tare.ledger.bridge;

import org.jspecify.annotations.NullMarked;
