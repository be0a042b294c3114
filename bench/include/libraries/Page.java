import java.io.IOException;

/** What all of them answer, and how long they live. */
final class Page {
  private static final int BYTES = 9_000;

  private Page() {}

  static byte[] bytes() {
    byte[] page = new byte[BYTES];
    java.util.Arrays.fill(page, (byte) 'x');
    // The next answer's status has to begin a line.
    page[BYTES - 1] = '\n';
    return page;
  }

  static void untilInputEnds() throws IOException {
    System.out.println("pid " + ProcessHandle.current().pid());
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
    System.exit(0);
  }
}
