package io.tare.include.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** One request and its answer. */
public final class Exchange {
  private final Head request;
  private final Body body;
  private final HttpOutput out;
  private final String client;
  private final long beganNanos = System.nanoTime();
  private int status;
  private boolean started;
  private boolean closeAfter;
  private boolean withoutBody;
  private long promisedBytes = -1;

  Exchange(Head request, Body body, HttpOutput out, String client) {
    this.request = request;
    this.body = body;
    this.out = out;
    this.client = client;
    this.closeAfter = !request.keepsAlive();
    this.withoutBody = request.method().equals("HEAD");
  }

  public Head request() {
    return request;
  }

  /** The address that the request came from. */
  public String client() {
    return client;
  }

  /** The body, for whoever wants it: a client that waits to be asked for it is asked. */
  public InputStream requestBody() throws IOException {
    if (request.field("expect").isPresent() && !body.isComplete() && !request.third().equals("HTTP/1.0")) {
      out.head(new Head("HTTP/1.1", "100", "Continue", List.of()), false);
      out.flush();
    }
    return body;
  }

  /** Of the answer; 0 before there is one. */
  public int status() {
    return status;
  }

  public long answerBytes() {
    return started ? out.bodyBytes() : 0;
  }

  public long nanos() {
    return System.nanoTime() - beganNanos;
  }

  /** Starts the answer; what is written to the result is its body. Writing waits for a client that reads slowly. */
  public OutputStream answer(int status, List<Head.Field> fields, OptionalLong lengthBytes) throws IOException {
    started = true;
    this.status = status;
    withoutBody |= status == 304 || status == 204;
    List<Head.Field> all = new ArrayList<>(fields);
    boolean oldClient = request.third().equals("HTTP/1.0");
    boolean chunked = lengthBytes.isEmpty() && !oldClient && !withoutBody;
    closeAfter |= lengthBytes.isEmpty() && oldClient;
    if (lengthBytes.isPresent() && status != 304) {
      promisedBytes = lengthBytes.getAsLong();
      all.add(new Head.Field("Content-Length", Long.toString(promisedBytes)));
    }
    if (closeAfter) {
      all.add(new Head.Field("Connection", "close"));
    } else if (oldClient) {
      all.add(new Head.Field("Connection", "keep-alive"));
    }
    out.head(Head.answer(status, all), chunked);
    return withoutBody ? OutputStream.nullOutputStream() : out;
  }

  /** A whole answer of plain text. */
  public void answerText(int status, String text) throws IOException {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    answer(status, List.of(new Head.Field("Content-Type", "text/plain; charset=utf-8")), OptionalLong.of(bytes.length))
        .write(bytes);
  }

  public boolean isStarted() {
    return started;
  }

  /** Where the rest of a request's body stands in the way, no other request can follow it. */
  void endConnectionIfAmid() {
    closeAfter |= !body.isComplete();
  }

  /** Of an answer that will not be complete. */
  void sendWhatThereIs() throws IOException {
    out.flush();
  }

  /** Ends the answer; false when the connection can't carry another request. */
  boolean end() throws IOException {
    if (!started) {
      answerText(500, "no answer was made");
    }
    out.end();
    return !closeAfter && body.isComplete();
  }
}
