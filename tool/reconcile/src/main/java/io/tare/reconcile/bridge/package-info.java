/**
 * Native memory as the Java heap and as the process tell it: {@code HeapBridge} is the way in.
 */
@NullMarked
package io.tare.reconcile.bridge;

import org.jspecify.annotations.NullMarked;
