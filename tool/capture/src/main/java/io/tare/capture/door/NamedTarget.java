package io.tare.capture.door;

import io.tare.capture.door.OwnFile.Patience;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a user wants a report to be: a file, which is replaced whole; or a pipe or device under exactly this name, which can only be
 * written to. A link is replaced like a file, except the kernel's own names for open descriptors.
 */
public final class NamedTarget {
  private static final Pattern STANDARD_OUTPUT = Pattern.compile("-|/dev/stdout|(/dev|/proc/self)/fd/1");
  private static final Pattern DESCRIPTOR = Pattern.compile("/dev/std(out|err)|(/dev|/proc/(self|\\d+))/fd/\\d+");

  private NamedTarget() {}

  /** Whether the name means what this process prints to anyway. */
  public static boolean isStandardOutput(String name) {
    return STANDARD_OUTPUT.matcher(name).matches();
  }

  /** Whether the name stands for a file, so that its ending means something. */
  public static boolean isFile(Path target) {
    return !isDescriptor(target) && look(target).map(found -> !found.isOther()).orElse(true);
  }

  public static void write(Path target, String text) throws IOException {
    write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  public static void write(Path target, byte[] content) throws IOException {
    if (isFile(target)) {
      NewFile.write(target, NewFile.Readers.UMASK, content);
      return;
    }
    try (OutputStream out = Channels.newOutputStream(isDescriptor(target)
        ? Patience.open(target, StandardOpenOption.WRITE, StandardOpenOption.APPEND)
        : Patience.open(target, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
      out.write(content);
    } catch (NoSuchFileException gone) {
      throw gone;
    } catch (IOException failure) {
      String message = String.valueOf(failure.getMessage());
      throw message.startsWith(target.toString())
          ? failure
          : new IOException(target + " could not be written: " + message, failure);
    }
  }

  private static boolean isDescriptor(Path target) {
    return DESCRIPTOR.matcher(target.toAbsolutePath().normalize().toString()).matches();
  }

  private static Optional<BasicFileAttributes> look(Path target) {
    try {
      return Optional.of(Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException nothingThere) {
      return Optional.empty();
    }
  }
}
