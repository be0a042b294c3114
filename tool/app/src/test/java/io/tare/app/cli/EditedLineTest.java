package io.tare.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.cli.EditedLine.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a line becomes by the keys as terminals send them. */
class EditedLineTest {
  private static final String LEFT = "\u001b[D";
  private static final String UP = "\u001b[A";
  private static final String DOWN = "\u001bOB";

  private final EditedLine line = new EditedLine((before, word) -> before.isEmpty()
      ? List.of("class", "classes").stream().filter(name -> name.startsWith(word)).toList()
      : List.of("app.Order", "app.OrderLine", "java.util.HashMap").stream().filter(name -> name.startsWith(word))
          .toList());

  private Outcome type(String keys) {
    Outcome outcome = Outcome.EDITING;
    for (char key : keys.toCharArray()) {
      outcome = line.key(key);
    }
    return outcome;
  }

  @Test
  void keysInsertAtTheCursorAndTakeAwayBeforeIt() {
    type("clss" + LEFT + LEFT + "a");
    assertThat(line.text()).isEqualTo("class");
    assertThat(line.cursor()).isEqualTo(3);
    type("\u007f");
    assertThat(line.text()).isEqualTo("clss");
    type("\u001b[3~\u0005!");
    assertThat(line.text()).isEqualTo("cls!");
    type("\u0001\u000b");
    assertThat(line.text()).isEmpty();
    type("class java.util.Map\u0017x");
    assertThat(line.text()).isEqualTo("class x");
    type("\u001b[H\u0004");
    assertThat(line.text()).isEqualTo("lass x");
  }

  @Test
  void linesAreEndedGivenUpOrTheInputEnds() {
    assertThat(type("a\r")).isEqualTo(Outcome.DONE);
    assertThat(type("\u0003")).isEqualTo(Outcome.GIVEN_UP);
    assertThat(type("\u0004")).as("there is a line").isEqualTo(Outcome.EDITING);
    line.clear();
    assertThat(type("\u0004")).isEqualTo(Outcome.INPUT_ENDED);
  }

  @Test
  void earlierLinesComeBackAndTheUnfinishedOneIsKept() {
    for (String entered : List.of("first", "second", "second", "  ")) {
      type(entered);
      line.clear();
    }
    assertThat(line.history()).containsExactly("first", "second");
    type("unfin" + UP);
    assertThat(line.text()).isEqualTo("second");
    type(UP + UP + UP);
    assertThat(line.text()).isEqualTo("first");
    type(DOWN + DOWN + DOWN);
    assertThat(line.text()).isEqualTo("unfin");
  }

  @Test
  void aTabGoesOnAsFarAsNothingElseIsPossible() {
    assertThat(type("cl\t")).isEqualTo(Outcome.EDITING);
    assertThat(line.text()).isEqualTo("class");
    assertThat(type("\t")).isEqualTo(Outcome.CHOICES);
    assertThat(line.choices()).containsExactly("class", "classes");
    type(" j\t");
    assertThat(line.text()).isEqualTo("class java.util.HashMap ");
    type("\u0015class app.O\t");
    assertThat(line.text()).isEqualTo("class app.Order");
    assertThat(type("nothing\t")).isEqualTo(Outcome.EDITING);
  }
}
