package io.tare.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final Command COMMAND = new Command("weigh", "PID", "Weigh.", List.of(
      Option.flag("--all", "everything").shortAs("-a"),
      Option.value("--output", "FILE", "where to").shortAs("-o"),
      Option.choice("--format", "FORMAT", List.of("text", "json"), "form"),
      Option.choice("--ask", "[WHAT]", List.of("gc", "nmt"), "ask")), List.of(), (arguments, console) -> 0);

  @Test
  void optionsAndOperandsMayMix() throws UsageException {
    Arguments parsed = Arguments.parse(COMMAND, List.of("4711", "-a", "--output", "x.html", "--format=json"));
    assertThat(parsed.operands()).containsExactly("4711");
    assertThat(parsed.has("--all")).isTrue();
    assertThat(parsed.value("--output")).contains("x.html");
    assertThat(parsed.value("--format")).contains("json");
  }

  @Test
  void anOptionalValueDoesNotEatTheOperand() throws UsageException {
    Arguments parsed = Arguments.parse(COMMAND, List.of("--ask", "4711"));
    assertThat(parsed.has("--ask")).isTrue();
    assertThat(parsed.operands()).containsExactly("4711");
  }

  @Test
  void severalChoicesAreSeparatedByCommas() throws UsageException {
    assertThat(Arguments.parse(COMMAND, List.of("--ask=gc,nmt")).value("--ask")).contains("gc,nmt");
  }

  @Test
  void twoDashesEndTheOptions() throws UsageException {
    assertThat(Arguments.parse(COMMAND, List.of("--", "--all")).operands()).containsExactly("--all");
  }

  @Test
  void aMistypedOptionGetsAHint() {
    assertThatThrownBy(() -> Arguments.parse(COMMAND, List.of("--fromat=json"))).isInstanceOf(UsageException.class)
        .hasMessageContaining("Did you mean --format?");
  }

  @Test
  void aChoiceThatIsNoneIsRefusedWithTheChoices() {
    assertThatThrownBy(() -> Arguments.parse(COMMAND, List.of("--format=yaml"))).isInstanceOf(UsageException.class)
        .hasMessageContaining("text, json");
  }

  @Test
  void aMissingValueIsSaid() {
    assertThatThrownBy(() -> Arguments.parse(COMMAND, List.of("--output"))).isInstanceOf(UsageException.class)
        .hasMessageContaining("needs a value");
  }

  @Test
  void aSwitchTakesNoValue() {
    assertThatThrownBy(() -> Arguments.parse(COMMAND, List.of("--all=yes"))).isInstanceOf(UsageException.class)
        .hasMessageContaining("takes no value");
  }

  @Test
  void numbersAreChecked() throws UsageException {
    Arguments wide = Arguments.parse(COMMAND, List.of("--output", "120"));
    assertThat(wide.number("--output", 40)).hasValue(120);
    assertThatThrownBy(() -> wide.number("--output", 200)).hasMessageContaining("at least 200");
    Arguments words = Arguments.parse(COMMAND, List.of("--output", "wide"));
    assertThatThrownBy(() -> words.number("--output", 40)).hasMessageContaining("whole number");
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(HelpText.of(COMMAND)).contains("-a, --all", "-o, --output=FILE", "--ask[=WHAT]",
        "Usage: tare weigh [OPTION…] PID");
    assertThat(HelpText.of(COMMAND).lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void completionOffersWhatTheParserTakes() {
    String bash = Completion.script("bash", List.of(COMMAND), Map.of());
    assertThat(bash)
        .contains(
            "\"weigh \"*) options=\"--all --output= --format=text --format=json --ask --ask=gc --ask=nmt --memory=\"");
    String fish = Completion.script("fish", List.of(COMMAND), Map.of("weigh", List.of("net")));
    assertThat(fish).contains("-l format -x -a 'text json'",
        "'__fish_seen_subcommand_from weigh' -f -a net\n");
  }

  @Test
  void wordsThatAreCloseAreFound() {
    assertThat(Similar.to("capure", List.of("capture", "ps"))).contains("capture");
    assertThat(Similar.to("kafka", List.of("capture", "ps"))).isEmpty();
    assertThat(Similar.edits("", "abc")).isEqualTo(3);
  }
}
