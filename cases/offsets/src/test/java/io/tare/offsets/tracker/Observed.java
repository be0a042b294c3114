package io.tare.offsets.tracker;

/** A call, what it returned, and when it began and ended by a clock that all threads share. */
record Observed(Call call, String result, long began, long ended) {}
