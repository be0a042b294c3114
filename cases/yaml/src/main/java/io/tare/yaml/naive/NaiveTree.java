package io.tare.yaml.naive;

import io.tare.yaml.Yaml;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.event.YamlEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The loader that everybody writes first: the whole file as a String, an event for each value, and maps, lists and strings for what it means. Here to be
 * weighed, not to be used.
 */
public final class NaiveTree {
  private final List<YamlEvent> events = new ArrayList<>();
  private final Map<String, @Nullable Object> anchors = new HashMap<>();
  private int next;
  /** Kept as such loaders keep it: for messages that may come later. */
  private final String text;

  private NaiveTree(String text) {
    this.text = text;
    Yaml.events(text, YamlOptions.DEFAULT, events::add);
  }

  /** The documents of a file, and the text that they came from. */
  public record Tree(List<@Nullable Object> documents, String text) {}

  public static Tree of(Path file) throws IOException {
    NaiveTree tree = new NaiveTree(Files.readString(file));
    List<@Nullable Object> documents = new ArrayList<>();
    while (tree.next < tree.events.size()) {
      tree.next++;
      documents.add(tree.node());
      tree.next++;
    }
    return new Tree(documents, tree.text);
  }

  private @Nullable Object node() {
    YamlEvent event = events.get(next++);
    return switch (event) {
      case YamlEvent.Scalar scalar -> anchored(scalar.anchor(), scalar.value());
      case YamlEvent.Alias alias -> anchors.get(alias.name());
      case YamlEvent.StartSequence start -> {
        List<@Nullable Object> list = new ArrayList<>();
        anchored(start.anchor(), list);
        while (!(events.get(next) instanceof YamlEvent.EndSequence)) {
          list.add(node());
        }
        next++;
        yield list;
      }
      case YamlEvent.StartMapping start -> {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        anchored(start.anchor(), map);
        while (!(events.get(next) instanceof YamlEvent.EndMapping)) {
          Object key = node();
          map.put(key, node());
        }
        next++;
        yield map;
      }
      default -> throw new IllegalStateException("a node begins with " + event);
    };
  }

  private Object anchored(@Nullable String anchor, Object value) {
    if (anchor != null) {
      anchors.put(anchor, value);
    }
    return value;
  }
}
