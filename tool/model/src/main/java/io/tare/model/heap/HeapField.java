package io.tare.model.heap;

/**
 * A field of an object, or an element of an array, with its value.
 *
 * @param name {@code table}, {@code [17]}, {@code static CACHE}
 * @param declaredIn the class that declares the field; empty for elements
 * @param type {@code int}, {@code reference} …
 */
public record HeapField(String name, String declaredIn, String type, HeapValue value) {}
