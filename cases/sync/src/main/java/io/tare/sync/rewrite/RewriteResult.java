package io.tare.sync.rewrite;

/** How many files were looked at, and how many changed. */
public record RewriteResult(long visited, long changed) {}
