/**
 * From a time line to the answer: leak, no leak, or cannot tell. Read {@link io.tare.history.verdict.LeakJudge} first.
 */
@NullMarked
package io.tare.history.verdict;

import org.jspecify.annotations.NullMarked;
