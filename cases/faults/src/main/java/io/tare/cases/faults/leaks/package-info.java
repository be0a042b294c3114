/**
 * Programs that leak in the Java heap, each with its truth: the field and the way that the first suspect of a heap dump has to
 * name. Read {@link io.tare.cases.faults.leaks.LeakTable} first.
 */
@NullMarked
package io.tare.cases.faults.leaks;

import org.jspecify.annotations.NullMarked;
