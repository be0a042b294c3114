package io.tare.model.heap;

import java.time.Instant;

/**
 * The dump itself.
 *
 * @param layout how the VM lays objects out, in words
 * @param truncated only what comes before the cut was analysed
 * @param rootsLost the dump was cut before its roots: classes, threads and class loaders stand in for them
 */
public record DumpFacts(
    String version, int idBytes, Instant takenAt, long fileBytes, boolean truncated, String layout, int classes,
    int roots, boolean rootsLost) {}
