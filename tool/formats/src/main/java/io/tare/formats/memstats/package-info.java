/**
 * Labelled readings that programs write into their logs. Read {@link io.tare.formats.memstats.MemstatsText} first.
 */
@NullMarked
package io.tare.formats.memstats;

import org.jspecify.annotations.NullMarked;
