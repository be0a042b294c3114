package io.tare.report.guide;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The guides of all accounts, and of the unexplained, in the order of the chart of accounts. */
public final class AccountGuides {
  private static final String RESOURCE = "accounts.txt";

  /**
   * What there is to know of one account.
   *
   * @param id the account's id, or {@code unexplained}
   * @param what what it is
   * @param up what moves it up
   * @param down what moves it down
   * @param afterGc whether it must come back after a collection
   * @param reclaim who can take it back
   * @param act how to see more, and what to do
   */
  public record AccountGuide(String id, String what, String up, String down, String afterGc, String reclaim,
      String act) {
    static AccountGuide of(String id, Map<String, String> fields) {
      return new AccountGuide(id, field(id, fields, "what"), field(id, fields, "up"), field(id, fields, "down"),
          field(id, fields, "gc"), field(id, fields, "reclaim"), field(id, fields, "act"));
    }

    private static String field(String id, Map<String, String> fields, String name) {
      String text = fields.get(name);
      if (text == null) {
        throw new IllegalStateException("the guide of " + id + " lacks '" + name + "'");
      }
      return text;
    }
  }

  private final Map<String, AccountGuide> byId;

  private AccountGuides(Map<String, AccountGuide> byId) {
    this.byId = byId;
  }

  /** Reads the guides that come with the tool. */
  public static AccountGuides load() {
    try (InputStream in = AccountGuides.class.getResourceAsStream(RESOURCE)) {
      return parse(new String(Objects.requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Blocks of {@code [id]} and {@code name: text} lines; {@code #} begins a comment line. */
  static AccountGuides parse(String text) {
    Map<String, Map<String, String>> blocks = new LinkedHashMap<>();
    Map<String, String> block = new HashMap<>();
    for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
      if (line.startsWith("[")) {
        block = new HashMap<>();
        blocks.put(line.substring(1, line.length() - 1), block);
      } else {
        int colon = line.indexOf(": ");
        block.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    Map<String, AccountGuide> guides = new LinkedHashMap<>();
    blocks.forEach((id, fields) -> guides.put(id, AccountGuide.of(id, fields)));
    return new AccountGuides(guides);
  }

  public Optional<AccountGuide> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The guide of that id, or those of the group that it names ({@code heap} for {@code heap.used}, {@code heap.idle} …). */
  public List<AccountGuide> matching(String idOrGroup) {
    return byId.values().stream().filter(g -> g.id().equals(idOrGroup) || g.id().startsWith(idOrGroup + ".")).toList();
  }

  public List<AccountGuide> all() {
    return List.copyOf(byId.values());
  }
}
