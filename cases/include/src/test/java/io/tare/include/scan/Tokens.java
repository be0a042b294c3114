package io.tare.include.scan;

import io.tare.include.scan.TagScanner.Token;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a scanner finds, as text: neighbouring pieces of text joined, so that cuts don't show. */
final class Tokens {
  private Tokens() {}

  static List<String> of(byte[] page, int scannerBytes, int chunkBytes) {
    TagScanner scanner = new TagScanner(scannerBytes);
    scanner.reset(new Chunks(page, chunkBytes));
    List<String> tokens = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    try {
      for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
        if (token == Token.TEXT) {
          text.append(new String(scanner.bytes(), scanner.textFrom(), scanner.textTo() - scanner.textFrom(),
              StandardCharsets.ISO_8859_1));
        } else {
          addText(tokens, text);
          tokens.add(scanner.tag().toString());
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    addText(tokens, text);
    return tokens;
  }

  private static void addText(List<String> tokens, StringBuilder text) {
    if (!text.isEmpty()) {
      tokens.add("text " + text);
      text.setLength(0);
    }
  }

  /** Gives at most so many bytes at a time. */
  private static final class Chunks extends InputStream {
    private final ByteArrayInputStream in;
    private final int most;

    Chunks(byte[] page, int most) {
      this.in = new ByteArrayInputStream(page);
      this.most = most;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int at, int length) {
      return in.read(bytes, at, Math.min(length, most));
    }
  }
}
