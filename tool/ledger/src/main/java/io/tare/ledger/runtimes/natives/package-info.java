/**
 * What every Linux program has, whatever runs in it: malloc, thread stacks. {@link io.tare.ledger.runtimes.natives.Natives} answers for
 * them; {@link io.tare.ledger.runtimes.natives.Malloc} is malloc from its artefact to the ledger's lines.
 */
@NullMarked
package io.tare.ledger.runtimes.natives;

import org.jspecify.annotations.NullMarked;
