package io.tare.history.live;

import io.tare.history.sampling.LedgerRules;
import java.time.Duration;

/**
 * How a process is recorded.
 *
 * @param interval from one cheap reading to the next
 * @param dense how long, from the beginning, readings come five times as often: for programs that end soon
 * @param children whether the processes that a target starts are recorded too
 * @param version of the tool, for the file
 */
public record RecorderOptions(Duration interval, Duration dense, LedgerRules ledgers, boolean children,
    String version) {}
