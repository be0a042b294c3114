package io.tare.model.proc;

/**
 * {@code /proc/PID/stat}: the counters that are not in status.
 *
 * @param command the short name, as the kernel keeps it
 * @param state the state's letter
 * @param startTicks when the process started, in clock ticks since boot; with the pid it identifies the process
 * @param rssPages resident pages by the kernel's cheap count, which may lag behind smaps
 */
public record ProcStat(
    long pid,
    String command,
    char state,
    long parentPid,
    long minorFaults,
    long majorFaults,
    long threads,
    long startTicks,
    long rssPages) {}
