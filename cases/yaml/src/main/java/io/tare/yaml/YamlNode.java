package io.tare.yaml;

import io.tare.yaml.YamlDocument.Kind;
import org.jspecify.annotations.Nullable;

/** A value of a document. Asking for what is not there gives a node whose kind is {@link Kind#MISSING}, so that paths can be written in one line. */
public record YamlNode(YamlDocument document, long word) {
  public Kind kind() {
    return document.kind(word);
  }

  public boolean exists() {
    return kind() != Kind.MISSING;
  }

  public YamlNode get(String key) {
    return document.node(document.get(word, key));
  }

  public YamlNode get(long index) {
    return document.node(document.get(word, index));
  }

  public long size() {
    return document.size(word);
  }

  public YamlNode key(long index) {
    return document.node(document.key(word, index));
  }

  public YamlNode value(long index) {
    return document.node(document.value(word, index));
  }

  public String text() {
    return document.text(word);
  }

  public long integer() {
    return document.integer(word);
  }

  public double number() {
    return document.number(word);
  }

  public boolean bool() {
    return document.bool(word);
  }

  public String tag() {
    return document.tag(word);
  }

  public @Nullable Object toJava() {
    return document.toJava(word);
  }
}
