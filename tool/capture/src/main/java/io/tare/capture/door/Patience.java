package io.tare.capture.door;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens what may be a pipe or a device: the kernel lets the one who opens wait for the other end, for ever if need be. So a thread of its own
 * waits, and nobody waits for that thread longer than a moment.
 */
final class Patience {
  private static final long MOMENT_MILLIS = 2_000;

  private Patience() {}

  static FileChannel open(Path file, OpenOption... options) throws IOException {
    CompletableFuture<FileChannel> opened = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("opening " + file).start(() -> {
      try {
        FileChannel channel = FileChannel.open(file, options);
        if (!opened.complete(channel)) {
          channel.close();
        }
      } catch (IOException refused) {
        opened.completeExceptionally(refused);
      }
    });
    try {
      return opened.get(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException nobody) {
      if (opened.cancel(false)) {
        throw new IOException(file + " is a pipe or device that nobody answers at: start what reads from it first",
            nobody);
      }
      return opened.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      opened.cancel(false);
      throw new IOException("interrupted while opening " + file, interrupted);
    } catch (ExecutionException refused) {
      throw refused.getCause() instanceof IOException failure ? failure : new IOException(refused.getCause());
    }
  }
}
