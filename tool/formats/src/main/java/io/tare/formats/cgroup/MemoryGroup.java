package io.tare.formats.cgroup;

/** The group that a process's memory is charged to: the hierarchy's version, and the path below its mount point. */
public record MemoryGroup(int version, String path) {}
