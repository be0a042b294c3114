package io.tare.include.page;

import io.tare.include.expression.Template;
import io.tare.include.expression.Variables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;

/** Replaces variables in text that passes. What may be the beginning of a variable waits for its end, up to a bound. */
final class ExpandingSink implements Sink {
  private static final int LONGEST_VARIABLE = 512;

  private final Sink next;
  private final Variables variables;
  private String held = "";

  ExpandingSink(Sink next, Variables variables) {
    this.next = next;
    this.variables = variables;
  }

  @Override
  public void text(byte[] bytes, int from, int to) throws IOException {
    // One letter for each byte: a letter of more bytes may be cut here.
    String text = held + new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    int begun = text.lastIndexOf('$');
    boolean waits = begun >= 0 && text.indexOf(')', begun) < 0 && text.length() - begun < LONGEST_VARIABLE
        && (begun + 1 == text.length() || text.charAt(begun + 1) == '(');
    held = waits ? text.substring(begun) : "";
    pass(waits ? text.substring(0, begun) : text);
  }

  private void pass(String text) throws IOException {
    byte[] bytes = Template.inHtml(text, variables).getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length > 0) {
      next.text(bytes, 0, bytes.length);
    }
  }

  private void passHeld() throws IOException {
    String rest = held;
    held = "";
    pass(rest);
  }

  @Override
  public void whole(byte[] bytes) throws IOException {
    passHeld();
    next.whole(bytes);
  }

  @Override
  public void promise(Future<Included> fragment) throws IOException {
    passHeld();
    next.promise(fragment);
  }

  @Override
  public void end() throws IOException {
    passHeld();
  }
}
