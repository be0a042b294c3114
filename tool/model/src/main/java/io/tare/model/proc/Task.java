package io.tare.model.proc;

/** One thread as the kernel lists it: its id, its name (15 characters at most) and its state's letter. */
public record Task(long tid, String name, char state) {}
