package io.tare.model;

/**
 * Something that could not be read as it should be: which artefact, where in it (a line number, an offset, an address), and
 * what was wrong in words.
 */
public record Problem(String artifact, String where, String message) {}
