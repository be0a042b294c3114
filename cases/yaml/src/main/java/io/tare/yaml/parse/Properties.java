package io.tare.yaml.parse;

import org.jspecify.annotations.Nullable;

/** What stands before a node: its anchor (without {@code &}) and its tag (resolved). */
public record Properties(@Nullable String anchor, @Nullable String tag) {}
