package io.tare.report.guide;

import java.util.Map;

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
public record AccountGuide(String id, String what, String up, String down, String afterGc, String reclaim, String act) {
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
