package io.tare.dist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * An RPM package: a lead that nobody reads any more, digests, a header of numbered tags, and the files as a compressed cpio archive. It isn't signed:
 * whoever keeps a repository does that.
 */
final class Rpm {
  private static final byte[] HEADER_MAGIC = {(byte) 0x8e, (byte) 0xad, (byte) 0xe8, 1, 0, 0, 0, 0};
  private static final int LEAD_BYTES = 96;
  private static final int SIGNATURES = 62;
  private static final int IMMUTABLE = 63;
  private static final int SHA256 = 8;
  /** A feature of rpm itself that is needed, of this version or earlier. */
  private static final int OF_RPM = 0x1000000 | 0x8 | 0x2;
  private static final int EXACTLY = 0x8;
  private static final int KIND = 0170000;
  private static final int REGULAR = 0100000;
  private static final int FOLDER = 0040000;
  private static final int LINK = 0120000;
  /** Ours, and those that a system without these shells has from nobody else. What every system has belongs to no package of ours. */
  private static final List<String> OWN = List.of("/usr/lib/tare", "/usr/share/doc/tare",
      "/usr/share/bash-completion", "/usr/share/fish", "/usr/share/zsh");

  private final Path root;
  private final String version;
  private final int date;
  private final List<Entry> entries;

  /** A file, folder or link. */
  private static final class Entry {
    private final String name;
    private final int mode;
    private final byte[] content;

    Entry(String name, int mode, byte[] content) {
      this.name = name;
      this.mode = mode;
      this.content = content;
    }

    String folder() {
      return name.substring(0, name.lastIndexOf('/') + 1);
    }

    String digest() {
      return (mode & KIND) == REGULAR ? OciImage.sha256(content) : "";
    }
  }

  private Rpm(Path root, String version, Instant date) throws IOException {
    this.root = root;
    this.version = version.replace("-", "~");
    this.date = Math.toIntExact(date.getEpochSecond());
    this.entries = entries();
  }

  /** The package as bytes; root is what is to be installed, from {@code /}. */
  static byte[] pack(Path root, String version, Instant date) throws IOException {
    return new Rpm(root, version, date).bytes();
  }

  private List<Entry> entries() throws IOException {
    List<Entry> found = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.sorted().toList()) {
        String name = "/" + root.relativize(path);
        if (Files.isSymbolicLink(path)) {
          found.add(new Entry(name, LINK | 0777, utf8(Files.readSymbolicLink(path).toString())));
        } else if (Files.isRegularFile(path)) {
          found.add(new Entry(name, REGULAR | (Files.isExecutable(path) ? 0755 : 0644),
              Files.readAllBytes(path)));
        } else if (OWN.stream().anyMatch(own -> name.equals(own) || name.startsWith(own + "/"))) {
          found.add(new Entry(name, FOLDER | 0755, new byte[0]));
        }
      }
    }
    return found;
  }

  private byte[] bytes() throws IOException {
    byte[] archive = archive();
    byte[] payload = Tar.gzip(archive);
    byte[] header = header(payload).bytes(IMMUTABLE);
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    signed.writeBytes(header);
    signed.writeBytes(payload);
    Tags digests = new Tags();
    digests.text(273, OciImage.sha256(header));
    digests.numbers(1000, signed.size());
    digests.bytes(1004, md5(signed.toByteArray()));
    digests.numbers(1007, archive.length);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(lead());
    all.writeBytes(digests.bytes(SIGNATURES));
    all.writeBytes(new byte[(8 - all.size() % 8) % 8]);
    all.writeBytes(signed.toByteArray());
    return all.toByteArray();
  }

  private byte[] lead() {
    return ByteBuffer.allocate(LEAD_BYTES).putInt(0xedabeedb).putShort((short) 0x300).putShort((short) 0)
        .putShort((short) 1).put(Arrays.copyOf(utf8("tare-" + version + "-1"), 66)).putShort((short) 1)
        .putShort((short) 5).array();
  }

  private Tags header(byte[] payload) {
    Tags tags = new Tags();
    tags.texts(100, List.of("C"));
    tags.text(1000, "tare").text(1001, version).text(1002, "1");
    tags.words(1004, "weighs a running process and names the owner of every resident byte");
    tags.words(1005, """
        Reads any HotSpot JVM, Go, CPython or native process without touching it: no
        agent, no restart, no attach, no signal. Brings its own Java runtime.""");
    tags.numbers(1006, date).text(1007, "localhost");
    tags.numbers(1009, entries.stream().mapToInt(entry -> entry.content.length).sum());
    tags.text(1014, "Apache-2.0 AND GPL-2.0-only WITH Classpath-exception-2.0");
    tags.words(1016, "Applications/System").text(1021, "linux").text(1022, "x86_64");
    files(tags);
    tags.text(1044, "tare-" + version + "-1.src.rpm");
    tags.texts(1047, List.of("tare")).numbers(1112, EXACTLY).texts(1113, List.of(version + "-1"));
    tags.texts(1049, List.of("libc.so.6(GLIBC_2.17)(64bit)", "libz.so.1()(64bit)", "rpmlib(CompressedFileNames)",
        "rpmlib(FileDigests)", "rpmlib(PayloadFilesHavePrefix)"));
    tags.numbers(1048, 0, 0, OF_RPM, OF_RPM, OF_RPM);
    tags.texts(1050, List.of("", "", "3.0.4-1", "4.6.0-1", "4.0-1"));
    tags.text(1124, "cpio").text(1125, "gzip").text(1126, "9");
    tags.texts(5092, List.of(OciImage.sha256(payload))).numbers(5093, SHA256);
    return tags;
  }

  private void files(Tags tags) {
    List<String> folders = entries.stream().map(Entry::folder).distinct().toList();
    tags.numbers(1028, each(entry -> entry.content.length));
    tags.shorts(1030, each(entry -> entry.mode)).shorts(1033, each(_ -> 0));
    tags.numbers(1034, each(_ -> date));
    tags.texts(1035, text(Entry::digest));
    tags.texts(1036,
        text(entry -> (entry.mode & KIND) == LINK ? new String(entry.content, StandardCharsets.UTF_8) : ""));
    tags.numbers(1037, each(_ -> 0)).texts(1039, text(_ -> "root")).texts(1040, text(_ -> "root"));
    tags.numbers(1045, each(_ -> -1)).numbers(1095, each(_ -> 1));
    tags.numbers(1096, each(entry -> entries.indexOf(entry) + 1)).texts(1097, text(_ -> ""));
    tags.numbers(1116, each(entry -> folders.indexOf(entry.folder())));
    tags.texts(1117, text(entry -> entry.name.substring(entry.folder().length()))).texts(1118, folders);
    tags.numbers(5011, SHA256);
  }

  private int[] each(ToIntFunction<Entry> number) {
    return entries.stream().mapToInt(number).toArray();
  }

  private List<String> text(Function<Entry, String> text) {
    return entries.stream().map(text).toList();
  }

  /** The files as cpio has them, "new ASCII" format. */
  private byte[] archive() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      member(out, "." + entry.name, entry.content, i + 1, entry.mode);
    }
    member(out, "TRAILER!!!", new byte[0], 0, 0);
    return out.toByteArray();
  }

  private void member(ByteArrayOutputStream out, String name, byte[] content, int number, int mode) {
    byte[] named = utf8(name + "\0");
    int[] fields = {number, mode, 0, 0, 1, number == 0 ? 0 : date, content.length, 0, 0, 0, 0, named.length, 0};
    StringBuilder head = new StringBuilder("070701");
    for (int field : fields) {
      head.append(HexFormat.of().toHexDigits(field));
    }
    out.writeBytes(utf8(head.toString()));
    out.writeBytes(named);
    out.writeBytes(new byte[(4 - out.size() % 4) % 4]);
    out.writeBytes(content);
    out.writeBytes(new byte[(4 - out.size() % 4) % 4]);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] md5(byte[] content) {
    try {
      return MessageDigest.getInstance("MD5").digest(content);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has MD5", impossible);
    }
  }

  /** A header: an index of tags and a store of their values, both in one region that its own tag seals. */
  private static final class Tags {
    private static final int SHORT = 3;
    private static final int INT = 4;
    private static final int TEXT = 6;
    private static final int BYTES = 7;
    private static final int TEXTS = 8;
    private static final int WORDS = 9;

    private final Map<Integer, Value> values = new TreeMap<>();

    private static final class Value {
      private final int type;
      private final int count;
      private final int aligned;
      private final byte[] content;

      Value(int type, int count, int aligned, byte[] content) {
        this.type = type;
        this.count = count;
        this.aligned = aligned;
        this.content = content;
      }
    }

    Tags text(int tag, String text) {
      return put(tag, new Value(TEXT, 1, 1, utf8(text + "\0")));
    }

    Tags words(int tag, String text) {
      return put(tag, new Value(WORDS, 1, 1, utf8(text + "\0")));
    }

    Tags texts(int tag, List<String> texts) {
      return put(tag, new Value(TEXTS, texts.size(), 1, utf8(String.join("\0", texts) + "\0")));
    }

    Tags bytes(int tag, byte[] bytes) {
      return put(tag, new Value(BYTES, bytes.length, 1, bytes));
    }

    Tags numbers(int tag, int... numbers) {
      ByteBuffer content = ByteBuffer.allocate(numbers.length * Integer.BYTES);
      content.asIntBuffer().put(numbers);
      return put(tag, new Value(INT, numbers.length, Integer.BYTES, content.array()));
    }

    Tags shorts(int tag, int... numbers) {
      ByteBuffer content = ByteBuffer.allocate(numbers.length * Short.BYTES);
      for (int number : numbers) {
        content.putShort((short) number);
      }
      return put(tag, new Value(SHORT, numbers.length, Short.BYTES, content.array()));
    }

    private Tags put(int tag, Value value) {
      values.put(tag, value);
      return this;
    }

    byte[] bytes(int region) {
      int entries = values.size() + 1;
      ByteArrayOutputStream store = new ByteArrayOutputStream();
      ByteBuffer index = ByteBuffer.allocate(values.size() * 16);
      values.forEach((tag, value) -> {
        store.writeBytes(new byte[(value.aligned - store.size() % value.aligned) % value.aligned]);
        index.putInt(tag).putInt(value.type).putInt(store.size()).putInt(value.count);
        store.writeBytes(value.content);
      });
      ByteBuffer all = ByteBuffer.allocate(16 + entries * 16 + store.size() + 16);
      all.put(HEADER_MAGIC).putInt(entries).putInt(store.size() + 16);
      all.putInt(region).putInt(BYTES).putInt(store.size()).putInt(16).put(index.array()).put(store.toByteArray());
      return all.putInt(region).putInt(BYTES).putInt(-entries * 16).putInt(16).array();
    }
  }
}
