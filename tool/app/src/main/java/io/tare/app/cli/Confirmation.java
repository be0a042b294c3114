package io.tare.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * Asks a person before something that has a price.
 *
 * @param isTerminal whether a person is there to answer
 */
public record Confirmation(InputStream in, boolean isTerminal) {
  private static final int LONGEST = 100;

  public static Confirmation onStandardInput() {
    return new Confirmation(System.in, Console.isTerminal(0));
  }

  public void mustBePossible() throws UsageException {
    if (!isTerminal) {
      throw new UsageException(
          "a dump stops the process for a while, and nobody is there to confirm that: the input is no"
              + " terminal; --yes takes the dump without being asked");
    }
  }

  /** Whether the answer is yes; no answer is no. */
  public boolean given(String question, Console console) throws IOException {
    console.err().print(question + " [y/N] ");
    console.err().flush();
    String answer = line().strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n' && line.length() < LONGEST; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }
}
