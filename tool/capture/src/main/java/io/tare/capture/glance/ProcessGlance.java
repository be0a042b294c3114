package io.tare.capture.glance;

import io.tare.model.capture.RuntimeKind;
import java.util.OptionalLong;

/**
 * One process at a glance.
 *
 * @param name the command's short name
 * @param label what people call it: a JVM's jar or main class, else the short name
 * @param limitBytes the tightest limit of its memory groups
 * @param netMostBytes at most this is the program's own: all memory that no file stands behind
 * @param isRefused whether a closer look would be refused, for want of rights
 */
public record ProcessGlance(long pid, String name, String label, RuntimeKind runtime, long rssBytes,
    OptionalLong limitBytes, OptionalLong netMostBytes, boolean isRefused) {}
