package io.tare.capture.door;

import io.tare.capture.kernel.Descriptor;
import io.tare.capture.kernel.FileStatus;
import io.tare.capture.kernel.FileStatus.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A regular file of somebody else, open for reading. It was held before it was looked at, and looked at before it was opened: what its
 * path means by now does not matter. Its content may still change and shrink at any moment: it is read, never mapped.
 */
public final class ForeignFile implements FileContent {
  private final FileChannel channel;
  private final Descriptor hold;
  private final FileStatus status;

  private ForeignFile(FileChannel channel, Descriptor hold, FileStatus status) {
    this.channel = channel;
    this.hold = hold;
    this.status = status;
  }

  /**
   * What a file must be to be read, besides regular.
   *
   * @param owner whose it must be; root's is accepted too. Empty for a file that may be anybody's, as a library is. An owner's file must have
   *     one name only: another name could be a hard link to a file that the target may not read itself
   * @param mostBytes how large it may be
   */
  public record Expect(OptionalLong owner, long mostBytes) {
    /** A file of anybody, of any size: for one that is read in bounded parts. */
    public static final Expect ANYBODYS = new Expect(OptionalLong.empty(), Long.MAX_VALUE);

    public static Expect ownedBy(long user, long mostBytes) {
      return new Expect(OptionalLong.of(user), mostBytes);
    }

    private void check(FileStatus file) throws Refused {
      if (file.kind() != Kind.REGULAR) {
        throw new Refused("it is " + file.kind().words() + " and no regular file");
      }
      if (owner.isPresent() && file.user() != owner.getAsLong() && file.user() != 0) {
        throw new Refused("it belongs to user " + file.user() + " and not to user " + owner.getAsLong());
      }
      if (owner.isPresent() && file.links() > 1) {
        throw new Refused("it has " + file.links() + " names and may be somebody else's file");
      }
      if (file.sizeBytes() < 0 || file.sizeBytes() > mostBytes) {
        throw new Refused("it has " + file.sizeBytes() + " bytes, and more than " + mostBytes + " are not plausible");
      }
    }
  }

  /** The file is there and is not fit for reading; the message completes "not read: …". */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why);
    }
  }

  /** Opens what a link of {@code /proc/PID} leads to, such as {@code exe} or one in {@code map_files}. */
  public static ForeignFile behind(Path kernelLink, Expect expect) throws IOException {
    return open(Descriptor.of(kernelLink), expect);
  }

  /** Opens the file held, or lets it go. */
  static ForeignFile open(Descriptor hold, Expect expect) throws IOException {
    try {
      FileStatus status = hold.knownStatus();
      expect.check(status);
      return new ForeignFile(hold.read(), hold, status);
    } catch (IOException unfit) {
      hold.close();
      throw unfit;
    }
  }

  /** As it was when it was opened. */
  public FileStatus status() {
    return status;
  }

  /** Whether it was written to or renamed since it was opened. */
  public boolean hasChanged() throws IOException {
    return !hold.knownStatus().equals(status);
  }

  @Override
  public long sizeBytes() throws IOException {
    return channel.size();
  }

  @Override
  public int read(ByteBuffer into, long offset) throws IOException {
    return FileContent.read(channel, into, offset);
  }

  /** From its beginning; closing it closes the file. */
  public InputStream stream() {
    return new FilterInputStream(Channels.newInputStream(channel)) {
      @Override
      public void close() throws IOException {
        ForeignFile.this.close();
      }
    };
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      hold.close();
    }
  }
}
