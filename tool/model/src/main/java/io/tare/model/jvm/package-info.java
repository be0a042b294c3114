/**
 * What HotSpot says of itself, by whatever way it was asked. Read {@link io.tare.model.jvm.JvmLayout} first.
 */
@NullMarked
package io.tare.model.jvm;

import org.jspecify.annotations.NullMarked;
