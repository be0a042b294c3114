/**
 * Evidence to ledger to verdicts; pure.
 */
@NullMarked
package io.tare.reconcile;

import org.jspecify.annotations.NullMarked;
