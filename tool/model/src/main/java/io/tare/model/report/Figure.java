package io.tare.model.report;

/** A number that a verdict rests on: what, and how much in words ({@code malloc.idle}, {@code 412 MB, 31 % of RSS}). */
public record Figure(String what, String value) {}
