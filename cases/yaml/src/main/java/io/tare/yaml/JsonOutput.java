package io.tare.yaml;

import io.tare.yaml.YamlDocument.Kind;
import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions.Limits;
import io.tare.yaml.tape.Tape;
import io.tare.yaml.tape.Word;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Values as JSON in UTF-8. What JSON has no numbers for (.inf, .nan) is a text; keys are texts. */
final class JsonOutput implements AutoCloseable {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private final YamlDocument document;
  private final Tape tape;
  private final OutputStream out;
  private final Expansion expansion;
  private final byte[] buffer = new byte[1 << 16];
  private int length;

  JsonOutput(YamlDocument document, Tape tape, OutputStream out, Limits limits, boolean aliases) {
    this.document = document;
    this.tape = tape;
    this.out = out;
    this.expansion = new Expansion(limits, aliases);
  }

  void value(long word) throws IOException {
    expansion.enter(word);
    switch (document.kind(word)) {
      case NULL, MISSING -> ascii("null");
      case BOOLEAN -> ascii(document.bool(word) ? "true" : "false");
      case INTEGER -> integer(word);
      case FLOAT -> number(word);
      case TEXT -> quoted(tape.utf8(word));
      case SEQUENCE -> sequence(word);
      case MAPPING -> mapping(word);
    }
    expansion.leave();
  }

  private void integer(long word) throws IOException {
    String text = document.text(word);
    ascii(text.startsWith("0x") || text.startsWith("0o") || text.startsWith("+")
        ? JavaTree.bigInteger(text).toString()
        : text);
  }

  private void number(long word) throws IOException {
    double value = document.number(word);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      quoted(document.text(word).getBytes(StandardCharsets.UTF_8));
      return;
    }
    String text = document.text(word);
    ascii(isJson(text) ? text : Double.toString(value));
  }

  /** JSON wants digits on both sides of the point, no plus and no leading zeros. */
  private static boolean isJson(String text) {
    int i = text.startsWith("-") ? 1 : 0;
    int point = text.indexOf('.');
    boolean digitsAround = point < 0
        || (point > i && point + 1 < text.length() && Character.isDigit(text.charAt(point + 1)));
    boolean leadingZero = i + 1 < text.length() && text.charAt(i) == '0' && Character.isDigit(text.charAt(i + 1));
    return digitsAround && !leadingZero && Character.isDigit(text.charAt(i));
  }

  private void sequence(long word) throws IOException {
    put('[');
    long size = document.size(word);
    for (long i = 0; i < size; i++) {
      if (i > 0) {
        put(',');
      }
      value(document.get(word, i));
    }
    put(']');
  }

  private void mapping(long word) throws IOException {
    put('{');
    long size = document.size(word);
    for (long i = 0; i < size; i++) {
      if (i > 0) {
        put(',');
      }
      key(document.key(word, i));
      put(':');
      value(document.value(word, i));
    }
    put('}');
  }

  private void key(long word) throws IOException {
    Kind kind = document.kind(word);
    if (kind == Kind.SEQUENCE || kind == Kind.MAPPING) {
      throw new YamlException("JSON has no collections as keys");
    }
    long plain = tape.plain(word);
    quoted(Word.isText(plain) ? tape.utf8(plain) : document.text(word).getBytes(StandardCharsets.UTF_8));
  }

  private void quoted(byte[] text) throws IOException {
    put('"');
    for (byte c : text) {
      if ((c >= ' ' && c != '"' && c != '\\') || c < 0) {
        put(c);
      } else {
        escaped(c);
      }
    }
    put('"');
  }

  private void escaped(byte c) throws IOException {
    put('\\');
    switch (c) {
      case '"', '\\' -> put(c);
      case '\n' -> put('n');
      case '\t' -> put('t');
      case '\r' -> put('r');
      case '\b' -> put('b');
      case '\f' -> put('f');
      default -> {
        ascii("u00");
        put(HEX[c >> 4]);
        put(HEX[c & 15]);
      }
    }
  }

  private void ascii(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
  }

  private void put(int octet) throws IOException {
    if (length == buffer.length) {
      flush();
    }
    buffer[length++] = (byte) octet;
  }

  private void flush() throws IOException {
    out.write(buffer, 0, length);
    length = 0;
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
