package io.tare.sync.destination;

import java.nio.file.Path;

/** An FTP server without pauses for {@code bench/sync/beside}: prints its port, and serves the directory until it is ended. */
final class ServeForBench {
  private ServeForBench() {}

  public static void main(String[] words) throws Exception {
    FileServer server = FileServer.startQuick(Path.of(words[0]));
    System.out.println(server.port());
    Thread.currentThread().join();
  }
}
