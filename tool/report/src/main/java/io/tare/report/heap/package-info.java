/**
 * What a heap dump holds. {@link io.tare.report.heap.HeapRenderers} has the summary and the comparison of two,
 * {@link io.tare.report.heap.HeapAnswers} the answers to single questions.
 */
@NullMarked
package io.tare.report.heap;

import org.jspecify.annotations.NullMarked;
