package io.tare.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.yaml.basis.Style;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.event.Emitter;
import io.tare.yaml.event.YamlEvent;
import io.tare.yaml.event.YamlEvent.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmitterTest {
  @Test
  void eventsOfEverySuiteCaseComeBackFromWhatIsEmitted() throws IOException {
    List<String> wrong = new ArrayList<>();
    int styles = 0;
    int scalars = 0;
    for (Suite.Case c : Suite.cases()) {
      if (c.refused()) {
        continue;
      }
      List<YamlEvent> events = events(c.yaml());
      String text = emitted(events);
      List<YamlEvent> again;
      try {
        again = events(text);
      } catch (RuntimeException e) {
        wrong.add(c.id() + "\n" + c.yaml() + "=>\n" + text + e.getMessage());
        continue;
      }
      if (!withoutScalarStyles(again).equals(withoutScalarStyles(events))) {
        wrong.add(c.id() + "\n" + c.yaml() + "=>\n" + text + events + "\n" + again);
      } else {
        for (int i = 0; i < events.size(); i++) {
          scalars += events.get(i) instanceof Scalar ? 1 : 0;
          styles += events.get(i).equals(again.get(i)) ? 0 : 1;
        }
      }
    }
    assertThat(String.join("\n----\n", wrong)).isEmpty();
    // Texts with line ends in quotes or plain, which are written in double quotes.
    assertThat(styles).isLessThan(scalars / 10);
  }

  @Test
  void generatedEventsComeBackFromWhatIsEmitted() throws IOException {
    for (long seed = 0; seed < 400; seed++) {
      List<YamlEvent> events = new Documents(seed).events();
      String text = emitted(events);
      assertThat(withoutScalarStyles(events(text))).as("seed %d:%n%s", seed, text)
          .isEqualTo(withoutScalarStyles(events));
    }
  }

  @Test
  void tagsComeBackWithCharactersThatNoAddressHas() throws IOException {
    List<YamlEvent> events = events("%TAG !e! !local%20{a}\n--- !e!%7Bx%3E%25%C3%A9 text\n".replace("{a}", "%7Ba%7D"));
    assertThat(((Scalar) events.get(1)).tag()).isEqualTo("!local {a}{x>%é");
    assertThat(emitted(events)).isEqualTo("--- !<!local%20%7Ba%7D%7Bx%3E%25%C3%A9> text\n");
    assertThat(events(emitted(events))).isEqualTo(events);
  }

  /** A line separator ends no line in YAML; it does so for whoever looks for the end of a marker with a pattern. */
  @Test
  void aTextThatBeginsAsAMarkerDoesIsQuoted() throws IOException {
    List<YamlEvent> events = events("\t--- a\u2028b\n");
    assertThat(emitted(events)).isEqualTo("\"--- a\u2028b\"\n");
    assertThat(emitted(events("\t---a\n"))).isEqualTo("---a\n");
  }

  @Test
  void whatIsEmittedTwiceIsTheSame() throws IOException {
    for (long seed = 0; seed < 100; seed++) {
      String once = emitted(new Documents(seed).events());
      assertThat(emitted(events(once))).isEqualTo(once);
    }
  }

  private static List<YamlEvent> withoutScalarStyles(List<YamlEvent> events) {
    return events.stream()
        .map(e -> e instanceof Scalar s
            ? new Scalar(
                s.value().isEmpty() && s.style() == Style.PLAIN
                    ? Style.PLAIN
                    : isPlain(s) ? Style.PLAIN : Style.DOUBLE_QUOTED,
                s.value(),
                s.anchor(), s.tag())
            : e)
        .toList();
  }

  /** A plain scalar means something else than a quoted one, unless it has several lines: then both are text. */
  private static boolean isPlain(Scalar s) {
    return s.style() == Style.PLAIN && s.value().indexOf('\n') < 0;
  }

  static List<YamlEvent> events(String yaml) {
    List<YamlEvent> events = new ArrayList<>();
    Yaml.events(yaml, YamlOptions.DEFAULT, events::add);
    return events;
  }

  static String emitted(List<YamlEvent> events) throws IOException {
    StringBuilder text = new StringBuilder();
    Emitter emitter = new Emitter(text);
    for (YamlEvent event : events) {
      emitter.add(event);
    }
    return text.toString();
  }
}
