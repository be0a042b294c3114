/**
 * Rules: one class a cause. A rule sees a {@link io.tare.ledger.rules.Situation} and answers yes, no, or what it lacks; what counts as
 * much stands in {@link io.tare.ledger.rules.Threshold}. {@link io.tare.ledger.rules.Rules} lists those that need to know no runtime;
 * the others stand with their runtime. One reading never shows growth: no rule says "leak".
 */
@NullMarked
package io.tare.ledger.rules;

import org.jspecify.annotations.NullMarked;
