/**
 * What HotSpot writes: hsperfdata, and the answers to diagnostic commands. Read {@link
 * io.tare.formats.jvm.VmInfoText} first; the keys of single values are in {@link io.tare.formats.jvm.FactKeys}.
 */
@NullMarked
package io.tare.formats.jvm;

import org.jspecify.annotations.NullMarked;
