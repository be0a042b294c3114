package io.tare.capture.glance;

import io.tare.model.capture.RuntimeKind;
import java.util.OptionalLong;

/**
 * One process at a glance.
 *
 * @param name the command's short name
 * @param label what people call it: a JVM's jar or main class, else the short name
 * @param limitBytes the tightest limit of its memory groups
 * @param netBytes an estimate of what the program holds, where it is free to read: the used heap of a JVM
 */
public record ProcessGlance(long pid, String name, String label, RuntimeKind runtime, long rssBytes,
    OptionalLong limitBytes, OptionalLong netBytes) {}
