/**
 * Who holds what grew: two heap dumps of this process, each walked from its roots, compared path by path. Reading order: {@link
 * io.tare.probe.holders.HolderSearch}, {@link io.tare.probe.holders.Walk}, {@link io.tare.probe.holders.Paths}, {@link
 * io.tare.probe.holders.Dump}.
 */
@NullMarked
package io.tare.probe.holders;

import org.jspecify.annotations.NullMarked;
