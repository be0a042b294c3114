package io.tare.capture.proc;

import io.tare.capture.door.ForeignFile;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.Outcome;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One file, read once from its beginning to its end, and how that went. A path must be one of the kernel's own: a target can't exchange it. */
public final class FileRead {
  /** Enough for any of the small files; a longer one is cut. */
  public static final long SMALL = 1 << 20;

  private static final int CHUNK = 8 << 10;
  private static final int LARGEST_CHUNK = 1 << 20;

  private final Outcome outcome;
  private final String note;
  private final long micros;
  private final byte[] content;

  private FileRead(Outcome outcome, String note, long micros, byte[] content) {
    this.outcome = outcome;
    this.note = note;
    this.micros = micros;
    this.content = content;
  }

  public static FileRead of(Path file, long mostBytes) {
    return of(() -> open(file), file.toString(), mostBytes);
  }

  /** The plain stream costs a third of a channel's, which says why it can't be opened. */
  private static InputStream open(Path file) throws IOException {
    try {
      return new FileInputStream(file.toFile());
    } catch (FileNotFoundException refused) {
      return Files.newInputStream(file);
    }
  }

  /** A target's file from its beginning; it is closed then. */
  public static FileRead of(ForeignFile file, long mostBytes) {
    return of(file::stream, "", mostBytes);
  }

  /** Begins to read something. */
  private interface Opening {
    InputStream open() throws IOException;
  }

  private static FileRead of(Opening opening, String name, long mostBytes) {
    long began = System.nanoTime();
    List<byte[]> chunks = new ArrayList<>();
    try (InputStream in = opening.open()) {
      boolean cut = fill(in, mostBytes, chunks);
      return new FileRead(cut ? Outcome.PARTIAL : Outcome.TAKEN, cut ? "cut at " + mostBytes + " bytes" : "",
          microsSince(began), join(chunks));
    } catch (IOException failure) {
      return failed(failure, name, began);
    }
  }

  /** What could not even be opened. */
  public static FileRead refused(IOException why) {
    return failed(why, "", System.nanoTime());
  }

  private static FileRead failed(IOException failure, String name, long began) {
    // Not a switch over patterns: what it needs would be made anew at each start.
    if (failure instanceof NoSuchFileException) {
      return failed(Outcome.ABSENT, "no such file", began);
    }
    return failure instanceof AccessDeniedException
        ? failed(Outcome.DENIED, "the kernel refuses: it takes the process's own user, or root", began)
        : failed(Outcome.FAILED, "reading failed: " + reason(failure, name), began);
  }

  /** The error in words; paths in it would name a machine. */
  private static String reason(IOException failure, String name) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message.replace(name + ": ", "");
  }

  private static FileRead failed(Outcome outcome, String note, long began) {
    return new FileRead(outcome, note, microsSince(began), new byte[0]);
  }

  public static long microsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1_000;
  }

  /** Reads to the end in chunks that grow; the last one is cut to what it holds. True when the limit came first. */
  private static boolean fill(InputStream in, long mostBytes, List<byte[]> chunks) throws IOException {
    long total = 0;
    int size = CHUNK;
    while (true) {
      byte[] chunk = new byte[(int) Math.min(size, mostBytes - total + 1)];
      int filled = in.readNBytes(chunk, 0, chunk.length);
      total += filled;
      boolean cut = total > mostBytes;
      chunks.add(filled < chunk.length || cut ? Arrays.copyOf(chunk, cut ? filled - 1 : filled) : chunk);
      if (cut || filled < chunk.length) {
        return cut;
      }
      size = Math.min(size * 2, LARGEST_CHUNK);
    }
  }

  private static byte[] join(List<byte[]> chunks) {
    if (chunks.size() == 1) {
      return chunks.getFirst();
    }
    int size = 0;
    for (byte[] chunk : chunks) {
      size += chunk.length;
    }
    byte[] whole = new byte[size];
    int at = 0;
    for (byte[] chunk : chunks) {
      System.arraycopy(chunk, 0, whole, at, chunk.length);
      at += chunk.length;
    }
    return whole;
  }

  public Outcome outcome() {
    return outcome;
  }

  public boolean hasContent() {
    return outcome == Outcome.TAKEN || outcome == Outcome.PARTIAL;
  }

  public long micros() {
    return micros;
  }

  public int size() {
    return content.length;
  }

  /** The content itself, not a copy, because smaps can be large: it must not be changed. */
  public byte[] content() {
    return content;
  }

  public String text() {
    return new String(content, StandardCharsets.UTF_8);
  }

  /** The artefact of that name, which takes the content over. */
  public Artifact as(String name) {
    return Artifact.adopting(new Artifact.Label(name, outcome, note, micros), content);
  }

  /** As {@link #as}, with a different reading of a file that is not there: its process may have ended. */
  public Artifact as(String name, Outcome ifAbsent, String noteIfAbsent) {
    return outcome == Outcome.ABSENT || outcome == Outcome.FAILED
        ? Artifact.missing(name, ifAbsent, noteIfAbsent)
        : as(name);
  }
}
