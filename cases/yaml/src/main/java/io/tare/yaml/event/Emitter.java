package io.tare.yaml.event;

import io.tare.yaml.basis.Style;
import io.tare.yaml.basis.YamlException;
import io.tare.yaml.event.YamlEvent.Alias;
import io.tare.yaml.event.YamlEvent.EndDocument;
import io.tare.yaml.event.YamlEvent.EndMapping;
import io.tare.yaml.event.YamlEvent.EndSequence;
import io.tare.yaml.event.YamlEvent.Scalar;
import io.tare.yaml.event.YamlEvent.StartDocument;
import io.tare.yaml.event.YamlEvent.StartMapping;
import io.tare.yaml.event.YamlEvent.StartSequence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as YAML that gives the same events when it is read. Keeps one document at a time. A scalar whose style can't hold its text, or not where it
 * stands, is written in double quotes; nothing else changes.
 */
public final class Emitter {
  private static final int LONGEST_KEY = 900;
  private static final int STEP = 2;
  private final Appendable out;
  private final List<YamlEvent> document = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int next;

  public Emitter(Appendable out) {
    this.out = out;
  }

  /** Takes the next event; a document is written when it ends. */
  public void add(YamlEvent event) throws IOException {
    document.add(event);
    if (event instanceof EndDocument(boolean explicit)) {
      text.setLength(0);
      next = 1;
      boolean marked = document.getFirst() instanceof StartDocument(boolean start) && start;
      text.append(marked ? "---" : "");
      root(marked);
      text.append(explicit ? "...\n" : "");
      out.append(text);
      document.clear();
    }
  }

  private void root(boolean marked) {
    YamlEvent event = document.get(next);
    if (isBlockCollection(event)) {
      String properties = properties(event);
      text.append(marked || !properties.isEmpty() ? properties + "\n" : "");
      if (!marked && !properties.isEmpty()) {
        text.deleteCharAt(text.length() - properties.length() - 1);
      }
      blockCollection(0);
      return;
    }
    int start = text.length();
    inLine(STEP);
    if (!marked && text.charAt(start) == ' ') {
      text.deleteCharAt(start);
    }
  }

  /** A node behind an indicator whose collection stands at {@code column}; ends with a line feed. */
  private void node(int column) {
    YamlEvent event = document.get(next);
    if (isBlockCollection(event)) {
      text.append(properties(event)).append('\n');
      blockCollection(column + STEP);
    } else {
      inLine(column + STEP);
    }
  }

  /** A scalar, alias or flow collection, with a blank before it, and the line feed. */
  private void inLine(int indent) {
    if (document.get(next) instanceof Scalar scalar && isBlockText(scalar)) {
      next++;
      text.append(properties(scalar)).append(' ')
          .append(ScalarStyles.block(scalar.value(), indent, scalar.style() == Style.FOLDED));
      return;
    }
    int start = text.length();
    flowNode(false, false);
    if (text.length() > start && text.charAt(start) != ' ') {
      text.insert(start, ' ');
    }
    text.append('\n');
  }

  private void blockCollection(int column) {
    if (document.get(next++) instanceof StartSequence) {
      while (!(document.get(next) instanceof EndSequence)) {
        text.repeat(' ', column).append('-');
        node(column);
      }
    } else {
      while (!(document.get(next) instanceof EndMapping)) {
        text.repeat(' ', column);
        pair(column);
      }
    }
    next++;
  }

  private void pair(int column) {
    if (isImplicitKey(document.get(next))) {
      int start = text.length();
      boolean alias = document.get(next) instanceof Alias;
      flowNode(true, false);
      if (text.length() > start && text.charAt(start) == ' ') {
        text.deleteCharAt(start);
      }
      boolean bare = text.length() > start && document.get(next - 1) instanceof Scalar s && s.value().isEmpty()
          && s.style() == Style.PLAIN;
      text.append(alias || bare ? " :" : ":");
    } else {
      text.append('?');
      node(column);
      text.repeat(' ', column).append(':');
    }
    node(column);
  }

  private static boolean isImplicitKey(YamlEvent event) {
    return (event instanceof Alias(String name) && name.length() < LONGEST_KEY)
        || (event instanceof Scalar scalar && scalar.value().length() * 6 < LONGEST_KEY && !isBlockText(scalar)
            && properties(scalar).length() < 100);
  }

  private static boolean isBlockText(Scalar scalar) {
    return (scalar.style() == Style.LITERAL || scalar.style() == Style.FOLDED)
        && ScalarStyles.fitsBlock(scalar.value());
  }

  /** Anything in one line. */
  private void flowNode(boolean key, boolean flow) {
    YamlEvent event = document.get(next++);
    text.append(properties(event));
    switch (event) {
      case Alias(String name) -> text.append(" *").append(name);
      case Scalar scalar -> scalar(scalar, key, flow);
      case StartSequence start -> {
        text.append(" [");
        while (!(document.get(next) instanceof EndSequence)) {
          flowNode(false, true);
          text.append(document.get(next) instanceof EndSequence ? "" : " ,");
        }
        next++;
        text.append(" ]");
      }
      case StartMapping start -> {
        text.append(" {");
        while (!(document.get(next) instanceof EndMapping)) {
          text.append(" ?");
          flowNode(false, true);
          text.append(" :");
          flowNode(false, true);
          text.append(document.get(next) instanceof EndMapping ? "" : " ,");
        }
        next++;
        text.append(" }");
      }
      default -> throw new YamlException("expected a node among the events, found " + EventText.of(event));
    }
  }

  private void scalar(Scalar scalar, boolean key, boolean flow) {
    String value = scalar.value();
    boolean plain = scalar.style() == Style.PLAIN;
    if (plain && value.isEmpty()) {
      return;
    }
    if (plain && ScalarStyles.fitsPlain(value, key, flow)) {
      text.append(' ').append(value);
    } else if (scalar.style() == Style.SINGLE_QUOTED && ScalarStyles.fitsSingleQuotes(value)) {
      text.append(" '").append(value.replace("'", "''")).append('\'');
    } else {
      text.append(' ').append(ScalarStyles.doubleQuoted(value));
    }
  }

  private boolean isBlockCollection(YamlEvent event) {
    boolean empty = document.get(next + 1) instanceof EndSequence || document.get(next + 1) instanceof EndMapping;
    return !empty && ((event instanceof StartSequence sequence && sequence.style() == Style.BLOCK)
        || (event instanceof StartMapping mapping && mapping.style() == Style.BLOCK));
  }

  private static String properties(YamlEvent event) {
    return switch (event) {
      case StartSequence(Style style, String anchor, String tag) -> properties(anchor, tag);
      case StartMapping(Style style, String anchor, String tag) -> properties(anchor, tag);
      case Scalar(Style style, String value, String anchor, String tag) -> properties(anchor, tag);
      default -> "";
    };
  }

  private static String properties(@Nullable String anchor, @Nullable String tag) {
    return (anchor == null ? "" : " &" + anchor)
        + (tag == null ? "" : tag.equals("!") ? " !" : " !<" + address(tag) + ">");
  }

  /** A tag as it may stand in a text: what no address has is escaped. */
  private static String address(String tag) {
    StringBuilder address = new StringBuilder(tag.length());
    for (byte octet : tag.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9')
          || (octet > 0 && "-#;/?:@&=+$,_.!~*'()[]".indexOf(octet) >= 0);
      if (plain) {
        address.append((char) octet);
      } else {
        address.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
      }
    }
    return address.toString();
  }
}
