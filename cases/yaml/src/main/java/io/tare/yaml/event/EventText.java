package io.tare.yaml.event;

import io.tare.yaml.basis.Style;
import org.jspecify.annotations.Nullable;

/** Events in the notation of the YAML test suite, one a line: {@code +MAP {} &anchor <tag>}, {@code =VAL :text}. */
public final class EventText {
  private EventText() {}

  public static String of(YamlEvent event) {
    return switch (event) {
      case YamlEvent.StartDocument start -> start.explicit() ? "+DOC ---" : "+DOC";
      case YamlEvent.EndDocument end -> end.explicit() ? "-DOC ..." : "-DOC";
      case YamlEvent.StartSequence s ->
        (s.style() == Style.FLOW ? "+SEQ []" : "+SEQ") + properties(s.anchor(), s.tag());
      case YamlEvent.EndSequence end -> "-SEQ";
      case YamlEvent.StartMapping m -> (m.style() == Style.FLOW ? "+MAP {}" : "+MAP") + properties(m.anchor(), m.tag());
      case YamlEvent.EndMapping end -> "-MAP";
      case YamlEvent.Scalar s -> "=VAL" + properties(s.anchor(), s.tag()) + ' ' + sign(s.style()) + escaped(s.value());
      case YamlEvent.Alias alias -> "=ALI *" + alias.name();
    };
  }

  private static String properties(@Nullable String anchor, @Nullable String tag) {
    return (anchor == null ? "" : " &" + anchor) + (tag == null ? "" : " <" + tag + ">");
  }

  private static char sign(Style style) {
    return switch (style) {
      case SINGLE_QUOTED -> '\'';
      case DOUBLE_QUOTED -> '"';
      case LITERAL -> '|';
      case FOLDED -> '>';
      default -> ':';
    };
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\0", "\\0").replace("\b", "\\b").replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }
}
