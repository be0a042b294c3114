package io.tare.probe.metric;

/** What a metric says: what it is, what moves it up, what moves it down, and whether it comes back after a GC. */
public record Meaning(String what, String up, String down, AfterGc afterGc) {}
