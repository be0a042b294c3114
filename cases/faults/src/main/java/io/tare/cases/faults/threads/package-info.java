/** Situations of thread stacks. */
@NullMarked
package io.tare.cases.faults.threads;

import org.jspecify.annotations.NullMarked;
