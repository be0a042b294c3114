package io.tare.model.report;

import java.util.OptionalLong;

/**
 * An action, the bytes that it should return, and what it costs.
 *
 * @param action what to do, in words
 * @param how the exact flag or command; empty when there is none
 * @param expectedBytes what should come back; empty when that can't be said beforehand
 * @param price what it costs: CPU, latency, a restart, nothing
 */
public record Remedy(String action, String how, OptionalLong expectedBytes, String price) {}
