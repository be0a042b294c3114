/**
 * Evidence to ledger to verdicts; pure.
 */
@NullMarked
package io.tare.ledger;

import org.jspecify.annotations.NullMarked;
