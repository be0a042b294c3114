/**
 * What is known, in the forms in which people and programs read it: text, JSON, HTML, OpenMetrics; no arithmetic.
 *
 * <p>In come the records of {@code io.tare.model}, out go texts. {@link io.tare.report.Renderers} and
 * {@link io.tare.report.OverTimeRenderers} are the doors, {@link io.tare.report.heap.HeapRenderers} a third; a subject on one page,
 * as {@link io.tare.report.difference.CheckReport}, is its own. Each subject has a folder
 * with all its forms side by side ({@code ledger}, {@code heap}, {@code story}, {@code verdict}, {@code difference}, {@code log},
 * {@code processes}, {@code live}, {@code guide}); what all of them are set with is in {@code look}, which knows none of them.
 */
@NullMarked
package io.tare.report;

import org.jspecify.annotations.NullMarked;
