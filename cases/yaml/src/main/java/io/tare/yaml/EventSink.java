package io.tare.yaml;

import io.tare.yaml.basis.Style;
import io.tare.yaml.basis.YamlException;
import io.tare.yaml.event.YamlEvent;
import io.tare.yaml.memory.Raw;
import io.tare.yaml.parse.Properties;
import io.tare.yaml.parse.ScalarText;
import io.tare.yaml.parse.Sink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes events and hands them on; keeps back those of a line in which a collection may still turn out to be a key. */
final class EventSink extends Sink {
  private final Consumer<? super YamlEvent> consumer;
  private final List<YamlEvent> kept = new ArrayList<>();
  private final Set<String> anchors = new HashSet<>();
  private final ScalarText text = new ScalarText();
  private int holds;
  private long place;
  /** How often everything was let go because a line ended: older holds are void. */
  private int line;

  EventSink(Consumer<? super YamlEvent> consumer) {
    this.consumer = consumer;
  }

  /** Where the parser is. */
  long place() {
    return place;
  }

  @Override
  public void at(long address) {
    place = address;
  }

  @Override
  public void startDocument(boolean explicit) {
    anchors.clear();
    tell(new YamlEvent.StartDocument(explicit));
  }

  @Override
  public void endDocument(boolean explicit) {
    tell(new YamlEvent.EndDocument(explicit));
  }

  @Override
  public void startSequence(Style style, @Nullable Properties properties) {
    tell(new YamlEvent.StartSequence(style, anchor(properties), tag(properties)));
  }

  @Override
  public void endSequence() {
    tell(new YamlEvent.EndSequence());
  }

  @Override
  public void startMapping(Style style, @Nullable Properties properties) {
    tell(new YamlEvent.StartMapping(style, anchor(properties), tag(properties)));
  }

  @Override
  public void endMapping() {
    tell(new YamlEvent.EndMapping());
  }

  @Override
  public void slice(Style style, long start, long end, @Nullable Properties properties) {
    tell(new YamlEvent.Scalar(style, new String(raw(start, end), StandardCharsets.UTF_8), anchor(properties),
        tag(properties)));
  }

  @Override
  public void folded(Style style, long start, long end, int block, @Nullable Properties properties) {
    byte[] raw = raw(start, end);
    int length = text.decode(style, raw, raw.length, block);
    String value = new String(text.bytes(), 0, length, StandardCharsets.UTF_8);
    tell(new YamlEvent.Scalar(style, value, anchor(properties), tag(properties)));
  }

  @Override
  public void alias(String name) {
    if (!anchors.contains(name)) {
      throw new YamlException("the alias *" + name + " has no anchor before it in its document");
    }
    tell(new YamlEvent.Alias(name));
  }

  @Override
  public int hold() {
    holds++;
    return line << 16 | Math.min(kept.size(), 0xFFFF);
  }

  @Override
  public void wrap(int held, Style style, @Nullable Properties properties) {
    kept.add(held & 0xFFFF, new YamlEvent.StartMapping(style, anchor(properties), tag(properties)));
    letGo(held);
  }

  @Override
  public void letGo(int held) {
    if (held >>> 16 == (line & 0xFFFF) && --holds == 0) {
      release();
    }
  }

  @Override
  public void lineCrossed() {
    if (holds > 0) {
      holds = 0;
      line++;
      release();
    }
  }

  private void tell(YamlEvent event) {
    kept.add(event);
    if (holds == 0) {
      release();
    }
  }

  private void release() {
    kept.forEach(consumer);
    kept.clear();
  }

  private @Nullable String anchor(@Nullable Properties properties) {
    if (properties == null || properties.anchor() == null) {
      return null;
    }
    anchors.add(properties.anchor());
    return properties.anchor();
  }

  private static @Nullable String tag(@Nullable Properties properties) {
    return properties == null ? null : properties.tag();
  }

  private static byte[] raw(long start, long end) {
    if (end - start > Integer.MAX_VALUE - 16) {
      throw new YamlException("a text of " + (end - start) + " bytes does not fit a Java string");
    }
    byte[] raw = new byte[(int) (end - start)];
    Raw.copy(start, raw, 0, raw.length);
    return raw;
  }
}
