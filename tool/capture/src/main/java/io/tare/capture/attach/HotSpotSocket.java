package io.tare.capture.attach;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A JVM's attach socket. Each diagnostic command is a connection of its own: {@code "1\0jcmd\0GC.heap_info\0\0\0"} goes out, a
 * result code on a line of its own and the output come back, and the JVM closes.
 */
public final class HotSpotSocket {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int LONGEST_ANSWER = 64 << 20;

  private static final long LOOK_MILLIS = 250;
  private static final int MOST_ARGUMENTS = 3;

  private final Path path;
  private final BooleanSupplier canAnswer;

  /** @param canAnswer looked at while an answer is awaited: a target that was stopped meanwhile is not waited for */
  HotSpotSocket(Path path, BooleanSupplier canAnswer) {
    this.path = path;
    this.canAnswer = canAnswer;
  }

  /** What the JVM answered: its result code, 0 for success, and the text. */
  public record Answer(int code, String text) {
    public boolean isSuccess() {
      return code == 0;
    }
  }

  /** Sends one diagnostic command. A JVM that does not answer costs little more than the given time. */
  public Answer ask(String command, Duration time) throws IOException {
    return order("jcmd", List.of(command), time);
  }

  /** Sends a command of the attach protocol itself, with up to three arguments. */
  public Answer order(String verb, List<String> arguments, Duration time) throws IOException {
    long deadline = System.nanoTime() + time.toNanos();
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX); Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, 0);
      if (!channel.connect(UnixDomainSocketAddress.of(path))) {
        do {
          await(key, SelectionKey.OP_CONNECT, deadline);
        } while (!channel.finishConnect());
      }
      send(channel, key, request(verb, arguments), deadline);
      return parse(receive(channel, key, deadline));
    }
  }

  /** Protocol version, verb and three arguments, each with a zero at its end. */
  private static ByteBuffer request(String verb, List<String> arguments) {
    if (arguments.size() > MOST_ARGUMENTS || arguments.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("not possible in the attach protocol: " + arguments);
    }
    StringBuilder text = new StringBuilder("1\0").append(verb).append('\0');
    for (int i = 0; i < MOST_ARGUMENTS; i++) {
      text.append(i < arguments.size() ? arguments.get(i) : "").append('\0');
    }
    return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void send(SocketChannel channel, SelectionKey key, ByteBuffer request, long deadline)
      throws IOException {
    while (request.hasRemaining()) {
      if (channel.write(request) == 0) {
        await(key, SelectionKey.OP_WRITE, deadline);
      }
    }
  }

  private byte[] receive(SocketChannel channel, SelectionKey key, long deadline) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    byte[] part = new byte[BUFFER_BYTES];
    while (true) {
      int count = channel.read(buffer.clear());
      if (count < 0) {
        return answer.toByteArray();
      } else if (count == 0) {
        await(key, SelectionKey.OP_READ, deadline);
      } else if (answer.size() + count > LONGEST_ANSWER) {
        throw new IOException("the answer is longer than " + (LONGEST_ANSWER >> 20) + " MB");
      } else {
        buffer.flip().get(part, 0, count);
        answer.write(part, 0, count);
      }
    }
  }

  private void await(SelectionKey key, int operation, long deadline) throws IOException {
    key.interestOps(operation);
    while (key.selector().select(LOOK_MILLIS) == 0) {
      if (System.nanoTime() > deadline || !canAnswer.getAsBoolean()) {
        throw new AnswerTimeout();
      }
    }
    key.selector().selectedKeys().clear();
  }

  private static Answer parse(byte[] bytes) throws IOException {
    String whole = new String(bytes, StandardCharsets.UTF_8);
    int lineEnd = whole.indexOf('\n');
    try {
      return new Answer(Integer.parseInt(whole.substring(0, Math.max(lineEnd, 0)).strip()),
          whole.substring(lineEnd + 1));
    } catch (NumberFormatException notAnAnswer) {
      throw new IOException(bytes.length == 0
          ? "the JVM hung up without an answer"
          : "the answer does not begin with a result code");
    }
  }

  /** The JVM did not answer in time. */
  static final class AnswerTimeout extends IOException {
    private static final long serialVersionUID = 1L;

    AnswerTimeout() {
      super("no answer in time");
    }
  }
}
