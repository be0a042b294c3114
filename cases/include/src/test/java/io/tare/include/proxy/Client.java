package io.tare.include.proxy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sees every byte: one request, one connection. */
public final class Client {
  private Client() {}

  /** The body of a page; chunks joined. */
  public static String body(int port, String path) throws IOException {
    String answer = raw(port, "GET " + path + " HTTP/1.0\r\nHost: test\r\n\r\n");
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  public static String raw(int port, String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
