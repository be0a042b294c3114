package io.tare.capture.attach;

import io.tare.capture.kernel.AsUser;
import io.tare.capture.kernel.Descriptor;
import io.tare.capture.kernel.UnixStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A JVM's attach socket, held open. Each diagnostic command is a connection of its own: {@code "1\0jcmd\0GC.heap_info\0\0\0"}
 * goes out, a result code on a line of its own and the output come back, and the JVM closes.
 */
public final class HotSpotSocket implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final long LOOK_MILLIS = 250;
  private static final long BUSY_MILLIS = 5;
  private static final int MOST_ARGUMENTS = 3;
  private static final int LONGEST_CODE = 20;

  private final Listener listener;
  private final BooleanSupplier canAnswer;

  /** @param canAnswer looked at while an answer is awaited: a target that was stopped meanwhile is not waited for */
  HotSpotSocket(Listener listener, BooleanSupplier canAnswer) {
    this.listener = listener;
    this.canAnswer = canAnswer;
  }

  /**
   * What is connected to.
   *
   * @param user who connects, as far as the socket's permissions are concerned
   * @param pid the process that must be at the other end
   */
  record Listener(Descriptor socket, AsUser user, long pid) {}

  /**
   * How much of an answer is awaited.
   *
   * @param time from the connection to the answer's end, however it comes
   */
  public record Limits(Duration time, int bytes) {}

  /** What the JVM answered: its result code, 0 for success, and the text. */
  public record Answer(int code, String text) {
    public boolean isSuccess() {
      return code == 0;
    }
  }

  /** Sends one diagnostic command. */
  public Answer ask(String command, Limits limits) throws IOException {
    return order("jcmd", List.of(command), limits);
  }

  /** Sends a command of the attach protocol itself, with up to three arguments. */
  public Answer order(String verb, List<String> arguments, Limits limits) throws IOException {
    byte[] request = request(verb, arguments);
    try (UnixStream stream = UnixStream.open()) {
      Exchange exchange = new Exchange(stream, System.nanoTime() + limits.time().toNanos());
      exchange.connect();
      exchange.send(request);
      return parse(exchange.receive(limits.bytes()));
    }
  }

  /** Protocol version, verb and three arguments, each with a zero at its end. */
  private static byte[] request(String verb, List<String> arguments) {
    if (arguments.size() > MOST_ARGUMENTS || arguments.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("not possible in the attach protocol: " + arguments);
    }
    StringBuilder text = new StringBuilder("1\0").append(verb).append('\0');
    for (int i = 0; i < MOST_ARGUMENTS; i++) {
      text.append(i < arguments.size() ? arguments.get(i) : "").append('\0');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** One question and its answer, which must be over at the deadline even if it comes byte by byte. */
  private final class Exchange {
    private final UnixStream stream;
    private final long deadline;
    private long lastLook = System.nanoTime();

    Exchange(UnixStream stream, long deadline) {
      this.stream = stream;
      this.deadline = deadline;
    }

    void connect() throws IOException {
      while (!stream.connect(listener.socket(), listener.user())) {
        mustGoOn();
        pause();
      }
      if (stream.peerPid() != listener.pid()) {
        throw new IOException("another process than the one that is asked listens on its socket");
      }
      if (!canAnswer.getAsBoolean()) {
        throw new AnswerTimeout();
      }
    }

    void send(byte[] request) throws IOException {
      for (int sent = 0; sent < request.length;) {
        int count = stream.write(request, sent);
        sent += count;
        await(count, false);
      }
    }

    byte[] receive(int mostBytes) throws IOException {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      byte[] part = new byte[BUFFER_BYTES];
      for (int count = stream.read(part); count >= 0; count = stream.read(part)) {
        if (answer.size() + count > mostBytes) {
          throw new IOException("the answer is longer than " + (mostBytes >> 20) + " MB");
        }
        answer.write(part, 0, count);
        await(count, true);
      }
      return answer.toByteArray();
    }

    private void await(int moved, boolean toRead) throws IOException {
      if (moved == 0) {
        stream.await(toRead, LOOK_MILLIS);
      }
      mustGoOn();
    }

    private void mustGoOn() throws AnswerTimeout {
      long now = System.nanoTime();
      if (now - deadline > 0) {
        throw new AnswerTimeout();
      }
      if (now - lastLook > LOOK_MILLIS * 1_000_000) {
        lastLook = now;
        if (!canAnswer.getAsBoolean()) {
          throw new AnswerTimeout();
        }
      }
    }

    private void pause() throws IOException {
      try {
        Thread.sleep(BUSY_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted before the JVM could be asked", interrupted);
      }
    }
  }

  private static Answer parse(byte[] bytes) throws IOException {
    int lineEnd = 0;
    while (lineEnd < bytes.length && bytes[lineEnd] != '\n') {
      lineEnd++;
    }
    try {
      int code = Integer.parseInt(
          new String(bytes, 0, Math.min(lineEnd, LONGEST_CODE), StandardCharsets.UTF_8).strip());
      int textAt = Math.min(lineEnd + 1, bytes.length);
      return new Answer(code, new String(bytes, textAt, bytes.length - textAt, StandardCharsets.UTF_8));
    } catch (NumberFormatException notAnAnswer) {
      throw new IOException(bytes.length == 0
          ? "the JVM hung up without an answer"
          : "the answer does not begin with a result code", notAnAnswer);
    }
  }

  @Override
  public void close() {
    listener.socket().close();
  }

  /** The JVM did not answer in time. */
  static final class AnswerTimeout extends IOException {
    private static final long serialVersionUID = 1L;

    AnswerTimeout() {
      super("no answer in time");
    }
  }
}
