package io.tare.report.guide;

import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** {@code tare help net}, {@code gross} and their like, and a page for every rule. */
public final class TopicGuides {
  private static final String RESOURCE = "topics.txt";
  private static final String VERDICTS = "verdicts";
  private static final String WORDS = "words: ";
  private static final int LONGEST_RULE = 20;

  /**
   * A page.
   *
   * @param isRule whether it is about a verdict's rule
   * @param words that reports print and that lead here, too
   * @param head what it is in short
   */
  private record Topic(String id, boolean isRule, List<String> words, String head, List<String> lines) {}

  private final List<Topic> topics;

  private TopicGuides(List<Topic> topics) {
    this.topics = topics;
  }

  /** Reads the pages that come with the tool. */
  public static TopicGuides load() {
    try (InputStream in = TopicGuides.class.getResourceAsStream(RESOURCE)) {
      return parse(new String(Objects.requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TopicGuides parse(String text) {
    List<Topic> topics = new ArrayList<>();
    for (String block : text.split("\n\\[")) {
      if (block.startsWith("#")) {
        continue;
      }
      List<String> lines = block.lines().filter(line -> !line.isBlank()).toList();
      String[] name = lines.getFirst().replace("]", "").split(" ");
      int head = lines.get(1).startsWith(WORDS) ? 2 : 1;
      List<String> words = head == 1 ? List.of() : List.of(lines.get(1).substring(WORDS.length()).split(", "));
      topics.add(
          new Topic(name[1], name[0].equals("rule"), words, lines.get(head), lines.subList(head + 1, lines.size())));
    }
    return new TopicGuides(List.copyOf(topics));
  }

  public List<String> topics() {
    return topics.stream().filter(topic -> !topic.isRule()).map(Topic::id).toList();
  }

  public List<String> rules() {
    return topics.stream().filter(Topic::isRule).map(Topic::id).toList();
  }

  /** The page of that topic or rule; empty when there is none. */
  public Optional<String> page(String id, TextOptions options) {
    return topics.stream().filter(topic -> topic.id().equals(id)).findFirst().map(topic -> page(topic, options));
  }

  /** The page that a word of a report leads to, in whatever case; empty when it leads nowhere. */
  public Optional<String> pageOfWord(String word, TextOptions options) {
    String wanted = word.toLowerCase(Locale.ROOT);
    return topics.stream().filter(topic -> topic.id().equals(wanted) || topic.words().contains(wanted)).findFirst()
        .map(topic -> page(topic, options));
  }

  private String page(Topic topic, TextOptions options) {
    Page page = new Page(options);
    if (topic.isRule()) {
      page.line().add(topic.id(), Style.BOLD).add("  a rule's answer, see tare help verdicts", Style.FAINT);
    }
    page.prose(0, topic.head(), topic.isRule() ? Style.PLAIN : Style.BOLD);
    boolean isApart = false;
    for (String line : topic.lines()) {
      boolean isAsItIs = line.startsWith(" ");
      if (!isAsItIs || !isApart) {
        page.blank();
      }
      isApart = isAsItIs;
      if (isAsItIs) {
        page.line().add(line);
      } else {
        page.prose(0, line, Style.PLAIN);
      }
    }
    if (topic.id().equals(VERDICTS)) {
      page.blank();
      topics.stream().filter(Topic::isRule).forEach(
          rule -> page.prose("  " + rule.id() + " ".repeat(LONGEST_RULE - rule.id().length()), rule.head(),
              Style.PLAIN));
    }
    return page.print();
  }
}
