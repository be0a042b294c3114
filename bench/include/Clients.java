import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many clients keep their connections open and ask for a page each now and then, so that together they make a rate. Says how many
 * pages they got, and what the server's process weighed before, with all of them connected, and at its most. Run by
 * {@code bench/include/run}.
 */
public final class Clients {
  /** PORT CLIENTS RATE SECONDS PID */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    int clients = Integer.parseInt(arguments[1]);
    double rate = Double.parseDouble(arguments[2]);
    long seconds = Long.parseLong(arguments[3]);
    Path status = Path.of("/proc", arguments[4], "status");
    AtomicLong answered = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    long before = rssKb(status);
    long most = before;
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      sockets.add(new Socket("127.0.0.1", port));
    }
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < clients; i++) {
        Socket socket = sockets.get(i);
        Random random = new Random(i);
        threads.submit(() -> {
          try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (System.nanoTime() < end) {
              Thread.sleep((long) (-Math.log(1 - random.nextDouble()) * clients / rate * 1_000));
              ask(socket, in, random.nextInt(500));
              answered.incrementAndGet();
            }
          } catch (IOException | InterruptedException e) {
            failed.incrementAndGet();
          }
        });
      }
      while (System.nanoTime() < end) {
        Thread.sleep(100);
        most = Math.max(most, rssKb(status));
      }
    }
    System.out.printf("%d clients, %d pages, %d failed; RSS %.0f MB before, %.0f MB at most%n", clients, answered.get(),
        failed.get(), before / 1024.0, most / 1024.0);
  }

  private static void ask(Socket socket, InputStream in, int page) throws IOException {
    socket.getOutputStream().write(("GET /page/" + page + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    long length = -1;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.toLowerCase().startsWith("content-length:")) {
        length = Long.parseLong(line.substring(15).strip());
      }
    }
    if (length >= 0) {
      in.skipNBytes(length);
      return;
    }
    for (long chunk = Long.parseLong(line(in), 16); chunk > 0; chunk = Long.parseLong(line(in), 16)) {
      in.skipNBytes(chunk + 2);
    }
    line(in);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int letter = in.read(); letter != '\n'; letter = in.read()) {
      if (letter < 0) {
        throw new IOException("the connection ended");
      }
      line.append((char) letter);
    }
    return line.toString().strip();
  }

  private static long rssKb(Path status) throws IOException {
    return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst().orElse(0);
  }
}
