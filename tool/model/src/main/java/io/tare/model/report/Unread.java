package io.tare.model.report;

/**
 * What the kernel did not let this reading read, so that the rest is half an answer.
 *
 * @param sentence what was refused, and what can't be told for that
 * @param unlock how to get it: the rights that it takes, and the command
 */
public record Unread(String sentence, String unlock) {}
