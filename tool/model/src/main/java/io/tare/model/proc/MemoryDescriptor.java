package io.tare.model.proc;

/** An open descriptor that is memory: a memfd or a file on tmpfs. {@code blocks} is what it really occupies. */
public record MemoryDescriptor(int number, String target, long sizeBytes, long allocatedBytes, long inode,
    String device) {}
