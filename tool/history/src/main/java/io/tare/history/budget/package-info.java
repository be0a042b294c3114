/**
 * What a process may weigh, and whether it keeps to it. Read {@link io.tare.history.budget.Budget} first.
 */
@NullMarked
package io.tare.history.budget;

import org.jspecify.annotations.NullMarked;
