package io.tare.model.heap;

/**
 * An object that refers to another one, or a root.
 *
 * @param address 0 for a root
 * @param reference by which field or element, or what kind of root it is
 * @param reachable false for garbage that still refers
 */
public record Referrer(long address, String className, String label, String reference, boolean reachable) {}
