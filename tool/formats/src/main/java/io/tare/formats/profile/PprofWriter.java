package io.tare.formats.profile;

import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** Writes a profile for pprof: a location a frame, a function a name and file. */
public final class PprofWriter {
  private final Message profile = new Message();
  private final Map<String, Integer> texts = new LinkedHashMap<>();
  private final Map<Frame, Integer> locations = new LinkedHashMap<>();

  private record Function(String name, String file) {}

  private PprofWriter() {
    text("");
  }

  /** The profile, packed by gzip. */
  public static byte[] write(Profile profile) {
    byte[] plain = new PprofWriter().message(profile);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }

  private byte[] message(Profile content) {
    for (ValueType type : content.types()) {
      profile.message(1, new Message().number(1, text(type.name())).number(2, text(type.unit())));
    }
    for (Sample sample : content.samples()) {
      Message stack = new Message();
      sample.frames().forEach(frame -> stack.varint(number(locations, frame)));
      Message values = new Message();
      sample.values().forEach(values::varint);
      Message written = new Message().message(1, stack).message(2, values);
      new TreeMap<>(sample.tags()).forEach((name, value) -> written.message(3,
          new Message().number(1, text(name)).number(2, text(value))));
      profile.message(2, written);
    }
    Map<Function, Integer> functions = new LinkedHashMap<>();
    locations.forEach((frame, id) -> profile.message(4, new Message().number(1, id).message(4,
        new Message().number(1, number(functions, new Function(frame.function(), frame.file()))).number(2,
            frame.line()))));
    functions.forEach((function, id) -> profile.message(5, new Message().number(1, id).number(2, text(function.name()))
        .number(3, text(function.name())).number(4, text(function.file()))));
    texts.keySet().forEach(text -> profile.bytes(6, text.getBytes(StandardCharsets.UTF_8)));
    return profile.out.toByteArray();
  }

  private int text(String text) {
    return texts.computeIfAbsent(text, added -> texts.size());
  }

  /** Numbers begin at one. */
  private static <T> int number(Map<T, Integer> numbers, T thing) {
    return numbers.computeIfAbsent(thing, added -> numbers.size() + 1);
  }

  /** The bytes of one message. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
      return this;
    }

    Message number(int field, long value) {
      return varint((long) field << 3).varint(value);
    }

    Message bytes(int field, byte[] content) {
      varint((long) field << 3 | 2).varint(content.length).out.writeBytes(content);
      return this;
    }

    Message message(int field, Message content) {
      return bytes(field, content.out.toByteArray());
    }
  }
}
