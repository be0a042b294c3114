package io.tare.fleet.store;

import io.tare.app.operand.Operand;
import io.tare.capture.file.CaptureFileException;
import io.tare.fleet.bucket.Bucket;
import io.tare.fleet.schema.Row;
import io.tare.fleet.schema.Table;
import io.tare.formats.NotThisFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Puts recordings and captures into the inbox. A file's name there tells its source, and the file itself what state of the source it was made of: what is
 * there already is not added again, and a recording that has gone on takes the place of its former state.
 */
final class Import {
  private static final String SOURCE_DIGEST = "source_digest";
  private static final long DAY = 86_400;
  private static final int ROWS_AT_ONCE = 20_000;
  private static final long MOST_FETCHED_BYTES = 1L << 30;

  private final FleetFolder folder;
  private final Database database;
  private final Map<String, String> defaults;
  private final Tally tally = new Tally();

  /** What has come of it. */
  static final class Tally {
    int files;
    int known;
    int others;
    long ledgers;
    final Set<LocalDate> days = new HashSet<>();
    final Set<LocalDate> late = new HashSet<>();
    final List<String> problems = new ArrayList<>();
  }

  Import(FleetFolder folder, Database database, Map<String, String> defaults) {
    this.folder = folder;
    this.database = database;
    this.defaults = Map.copyOf(defaults);
  }

  Tally tally() {
    return tally;
  }

  /** A file, or every recording and capture below a folder. */
  void add(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      file(path, path.toString(), true);
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(path)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      if (isOurs(file.getFileName().toString())) {
        file(file, file.toString(), false);
      } else {
        tally.others++;
      }
    }
  }

  private static boolean isOurs(String name) {
    return name.endsWith(".tarerec") || name.endsWith(".tare");
  }

  /** Every recording and capture of a bucket, one at a time through a temporary file. */
  void add(Bucket bucket) throws IOException {
    Path folder = Files.createTempDirectory("tare-fleet-");
    try {
      for (Bucket.Stored one : bucket.list()) {
        if (!isOurs(one.place())) {
          tally.others++;
        } else if (one.bytes() > MOST_FETCHED_BYTES) {
          tally.problems.add(
              one.place() + " is left out: it has " + one.bytes() + " bytes, and no recording of an hour is so big");
        } else {
          Path file = folder.resolve("fetched" + one.place().substring(one.place().lastIndexOf('.')));
          bucket.get(one.place(), file);
          file(file, one.place(), false);
          Files.delete(file);
        }
      }
    } finally {
      try (Stream<Path> left = Files.list(folder)) {
        for (Path file : left.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  /** @param words how people know the file */
  private void file(Path file, String words, boolean isNamed) throws IOException {
    Operand.Kind kind = Operand.ofFile(file.toString()).kind();
    try {
      if (Files.size(file) == 0) {
        tally.problems.add(words + " is left out: it is empty");
        return;
      }
      switch (kind) {
        case RECORDING -> put(file, words, SourceRows.ofRecording(file, defaults));
        case CAPTURE -> put(file, words, SourceRows.ofCapture(file, defaults));
        default -> tally.problems.add(words + " is left out: it is no recording and no capture of Tare"
            + (isNamed && file.toString().endsWith(".parquet") ? "; Parquet files are where they belong already" : ""));
      }
    } catch (NotThisFormat | CaptureFileException foreign) {
      tally.problems.add(words + " is left out: " + foreign.getMessage());
    }
  }

  private void put(Path file, String words, SourceRows source) throws IOException {
    tally.problems.addAll(source.problems());
    if (source.rows().isEmpty()) {
      tally.problems.add(words + " is left out: it holds no process");
      return;
    }
    String digest = digest(file);
    String name = name(source);
    boolean isNew = false;
    Map<Table, Map<LocalDate, List<Row>>> tables = new java.util.LinkedHashMap<>();
    source.rows().forEach(row -> tables.computeIfAbsent(row.table(), _ -> new TreeMap<>())
        .computeIfAbsent(LocalDate.ofEpochDay(Math.floorDiv(row.t(), DAY)), _ -> new ArrayList<>()).add(row));
    for (Map.Entry<Table, Map<LocalDate, List<Row>>> table : tables.entrySet()) {
      for (Map.Entry<LocalDate, List<Row>> day : table.getValue().entrySet()) {
        isNew |= put(table.getKey(), day.getKey(), day.getValue(), name, digest);
      }
    }
    tally.files += isNew ? 1 : 0;
    tally.known += isNew ? 0 : 1;
  }

  private boolean put(Table table, LocalDate day, List<Row> rows, String name, String digest) throws IOException {
    Path target = folder.inbox(table, day).resolve(name);
    String taken = folder.closedDay(table.name(), day).taken().get(name);
    if (digest.equals(taken) || (Files.exists(target) && digest.equals(digest(database, target)))) {
      return false;
    }
    database.create(table);
    for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
      database.append(table, rows.subList(from, Math.min(rows.size(), from + ROWS_AT_ONCE)));
    }
    database.write("SELECT * FROM " + table.name() + " ORDER BY t", target, Map.of(SOURCE_DIGEST, digest));
    database.run("DROP TABLE " + table.name());
    tally.days.add(day);
    if (table.equals(Table.LEDGER)) {
      tally.ledgers += rows.stream().filter(row -> row instanceof Row.OfLedger one && one.weight().isPresent()).count();
    }
    if (taken != null) {
      tally.late.add(day);
    }
    return true;
  }

  /** Of which state of which source a file was made; of a file that does not say, its own digest. */
  static String digest(Database database, Path file) throws IOException {
    Optional<String> said = database.ask("SELECT decode(value) FROM parquet_kv_metadata("
        + Database.quoted(file.toString()) + ") WHERE decode(key) = '" + SOURCE_DIGEST + "'").rows().stream()
        .findFirst()
        .flatMap(List::getFirst).map(Object::toString);
    return said.isPresent() ? said.get() : digest(file);
  }

  private String name(SourceRows source) {
    String node = source.rows().stream().filter(row -> row instanceof Row.OfLedger)
        .findFirst().flatMap(row -> ((Row.OfLedger) row).frame().who().label("node")).orElse("node");
    String clean = node.replaceAll("[^A-Za-z0-9.-]", "-");
    return clean.substring(0, Math.min(clean.length(), 60)).replaceFirst("^[.]", "-") + "-"
        + hex(sha256().digest(source.source().getBytes(StandardCharsets.UTF_8))) + ".parquet";
  }

  private static String digest(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return hex(digest.digest());
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest, 0, 8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
