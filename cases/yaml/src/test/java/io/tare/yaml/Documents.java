package io.tare.yaml;

import io.tare.yaml.basis.Style;
import io.tare.yaml.event.YamlEvent;
import io.tare.yaml.event.YamlEvent.EndDocument;
import io.tare.yaml.event.YamlEvent.EndMapping;
import io.tare.yaml.event.YamlEvent.EndSequence;
import io.tare.yaml.event.YamlEvent.Scalar;
import io.tare.yaml.event.YamlEvent.StartDocument;
import io.tare.yaml.event.YamlEvent.StartMapping;
import io.tare.yaml.event.YamlEvent.StartSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random documents as events: texts that look like something else, in every style, in collections of both kinds. */
final class Documents {
  private static final String[] TEXTS = {"a", "key", "two words", "", " lead", "trail ", "1", "-1", "0x1F", "1.5e3",
      ".5", "true", "null", "~",
      "- dash", "a: b", "a #b", "#c", "'q'", "\"d\"", "line\nbreak", "line\n\nbreaks\n", "\n\nfirst",
      "  indented\nmore", "end\n\n\n", "é∑😀",
      "tab\there", "back\\slash", "{a}", "[b]", "a,b", "a:b", "&x", "*y", "!z", "|", ">", "%d", "@e", "? q", "---",
      "...", "--- x", ":",
      "::", "a:", "text\n  more\n  still\nless", "\ttab first", "\u0007bell", "x\n y\nz\n", " \n ", "-", "?", "=", "<<",
      ".inf", "2001-01-01"};
  private static final Style[] STYLES = {Style.PLAIN, Style.SINGLE_QUOTED, Style.DOUBLE_QUOTED, Style.LITERAL,
      Style.FOLDED};
  private final Random random;
  private final List<YamlEvent> events = new ArrayList<>();
  private int keys;

  Documents(long seed) {
    this.random = new Random(seed);
  }

  List<YamlEvent> events() {
    int documents = 1 + random.nextInt(2);
    for (int i = 0; i < documents; i++) {
      events.add(new StartDocument(true));
      node(4, false);
      events.add(new EndDocument(random.nextInt(4) == 0));
    }
    return events;
  }

  private void node(int depth, boolean flow) {
    int kind = depth == 0 ? 9 : random.nextInt(10);
    if (kind < 3) {
      Style style = flow || random.nextInt(3) == 0 ? Style.FLOW : Style.BLOCK;
      events.add(new StartSequence(style, null, null));
      int size = style == Style.BLOCK ? 1 + random.nextInt(4) : random.nextInt(4);
      for (int i = 0; i < size; i++) {
        node(depth - 1, style == Style.FLOW);
      }
      events.add(new EndSequence());
    } else if (kind < 6) {
      Style style = flow || random.nextInt(3) == 0 ? Style.FLOW : Style.BLOCK;
      events.add(new StartMapping(style, null, null));
      int size = style == Style.BLOCK ? 1 + random.nextInt(4) : random.nextInt(4);
      for (int i = 0; i < size; i++) {
        events.add(new Scalar(style(flow), text() + keys++, null, null));
        node(depth - 1, style == Style.FLOW);
      }
      events.add(new EndMapping());
    } else {
      events.add(scalar(flow));
    }
  }

  private Scalar scalar(boolean flow) {
    String text = text();
    Style style = text.isEmpty() ? Style.SINGLE_QUOTED : style(flow);
    return new Scalar(style == Style.PLAIN && !readsAsPlain(text) ? Style.DOUBLE_QUOTED : style, text, null, null);
  }

  private Style style(boolean flow) {
    Style style = STYLES[random.nextInt(flow ? 3 : STYLES.length)];
    return style == Style.PLAIN ? Style.DOUBLE_QUOTED : style;
  }

  private static boolean readsAsPlain(String text) {
    return text.matches("[a-z]+");
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }
}
