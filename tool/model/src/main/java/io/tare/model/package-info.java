/**
 * The words of the whole tool as records. Reading order: {@code capture} (raw artefacts), {@code proc}, {@code cgroup},
 * {@code jvm} and {@code alloc} (what they say), {@code ledger} (the arithmetic), {@code report} (what is shown).
 */
@NullMarked
package io.tare.model;

import org.jspecify.annotations.NullMarked;
