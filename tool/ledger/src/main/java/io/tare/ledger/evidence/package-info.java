/**
 * What the artefacts of one capture say. In comes a capture, out goes {@link io.tare.ledger.evidence.Evidence}: the kernel's part of
 * it is typed here, and what a runtime says of itself is the runtime's own type.
 */
@NullMarked
package io.tare.ledger.evidence;

import org.jspecify.annotations.NullMarked;
