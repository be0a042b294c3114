package io.tare.capture.door;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A file that is gone on with: one of our own, a plain file under one name only. Anything else under the name (a link, a pipe, another user's
 * file, a file that has a second name elsewhere) may be planted, and is refused with a sentence.
 */
public final class OwnFile {
  private OwnFile() {}

  /** Creates a private file for reading and writing; throws if anything is there already. */
  public static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
        StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** Opens a file of this user. */
  public static FileChannel open(Path file, OpenOption... options) throws IOException {
    return open(file, OwnUser.id(), options);
  }

  /** Opens a file that the user has named: root may mean another user's, with everything else as strict as ever. */
  public static FileChannel openNamed(Path file, OpenOption... options) throws IOException {
    long we = OwnUser.id();
    return open(file, we == OwnUser.ROOT ? Look.at(file).user() : we, options);
  }

  private static FileChannel open(Path file, long owner, OpenOption... options) throws IOException {
    Look before = Look.at(file);
    before.mustBeOf(owner, file);
    FileChannel channel = Patience.open(file,
        Stream.concat(Arrays.stream(options), Stream.of(LinkOption.NOFOLLOW_LINKS)).toArray(OpenOption[]::new));
    // What was looked at is what was opened: a file that is exchanged in between is another one afterwards.
    if (!Look.at(file).equals(before)) {
      channel.close();
      throw new IOException(file + " was exchanged while it was opened");
    }
    return channel;
  }

  /** What stands under a name, the link itself if it is one. */
  private record Look(boolean isLink, boolean isPlain, long user, int links, Object key) {
    static Look at(Path file) throws IOException {
      Map<String, Object> found = Files.readAttributes(file, "unix:isSymbolicLink,isRegularFile,uid,nlink,fileKey",
          LinkOption.NOFOLLOW_LINKS);
      return new Look(Objects.equals(found.get("isSymbolicLink"), true),
          Objects.equals(found.get("isRegularFile"), true),
          ((Number) found.getOrDefault("uid", -1)).longValue(), ((Number) found.getOrDefault("nlink", 0)).intValue(),
          found.getOrDefault("fileKey", ""));
    }

    void mustBeOf(long owner, Path file) throws IOException {
      if (isLink) {
        throw new IOException(file + " is a link, which may lead anywhere; name the file itself");
      }
      if (!isPlain) {
        throw new IOException(file + " is no plain file");
      }
      if (user != owner) {
        throw new IOException(file + " belongs to another user (" + user + "); choose another file");
      }
      if (links != 1) {
        throw new IOException(file + " has a second name elsewhere (a hard link); choose another file");
      }
    }
  }

  /**
   * Opens what may be a pipe or a device: the kernel lets the one who opens wait for the other end, for ever if need be. So a thread of its own
   * waits, and nobody waits for that thread longer than a moment.
   */
  static final class Patience {
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
}
