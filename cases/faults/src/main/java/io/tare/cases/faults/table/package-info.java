/** The one table of all faults: what each is, how it wants to be started, whose truth it states. */
@NullMarked
package io.tare.cases.faults.table;

import org.jspecify.annotations.NullMarked;
