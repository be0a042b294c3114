package io.tare.yaml.event;

import io.tare.yaml.basis.Style;
import org.jspecify.annotations.Nullable;

/** One step of the way through a stream: the serialisation tree of YAML, in order. */
public sealed interface YamlEvent {
  record StartDocument(boolean explicit) implements YamlEvent {}

  record EndDocument(boolean explicit) implements YamlEvent {}

  record StartSequence(Style style, @Nullable String anchor, @Nullable String tag) implements YamlEvent {}

  record EndSequence() implements YamlEvent {}

  record StartMapping(Style style, @Nullable String anchor, @Nullable String tag) implements YamlEvent {}

  record EndMapping() implements YamlEvent {}

  record Scalar(Style style, String value, @Nullable String anchor, @Nullable String tag) implements YamlEvent {}

  record Alias(String name) implements YamlEvent {}
}
