package io.tare.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/** The heap page's own style and script, and the policy that allows that script and nothing else. */
final class HeapPage {
  private HeapPage() {}

  static String style() {
    return read("heap.css");
  }

  static String script() {
    return read("heap.js");
  }

  static String policy() {
    return "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" + digest() + "'; base-uri 'none'; "
        + "form-action 'none'";
  }

  private static String digest() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(script().getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String read(String name) {
    try (InputStream in = HeapPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
