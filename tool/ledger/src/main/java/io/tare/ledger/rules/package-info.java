/**
 * One class a rule, one class of cause a rule. {@link io.tare.ledger.rules.Rules} lists them all, in the order in which
 * they are shown. A rule sees a {@link io.tare.ledger.rules.Situation} and answers yes, no, or what it lacks. One reading
 * never shows growth: no rule here says "leak".
 */
@NullMarked
package io.tare.ledger.rules;

import org.jspecify.annotations.NullMarked;
