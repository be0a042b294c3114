/** What an analysis has found, kept in a file for the next question: {@code SavedHeap}, and the summary, {@code SavedRecord}. */
@NullMarked
package io.tare.heap.saved;

import org.jspecify.annotations.NullMarked;
