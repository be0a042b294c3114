package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.heap.redact.Redactor;
import io.tare.heap.redact.Redactor.RedactOptions;
import io.tare.heap.redact.Redactor.Redaction;
import io.tare.model.heap.DominatorNode;
import io.tare.model.heap.HeapSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class RedactTest {
  @TempDir
  Path folder;

  private HeapSummary analyse(Path dump) throws Exception {
    return HeapAnalysis.analyse(dump, HeapOptions.usual().withTemporaryFolder(folder), HeapProgress.NONE);
  }

  private Redaction redact(Path in, Path out, boolean keepNumbers) throws Exception {
    try (OutputStream copy = Files.newOutputStream(out)) {
      return Redactor.redact(in, copy, new RedactOptions(keepNumbers), HeapProgress.NONE);
    }
  }

  private static List<String> shape(List<DominatorNode> nodes) {
    List<String> lines = new ArrayList<>();
    for (DominatorNode node : nodes) {
      lines.add(node.address() + " " + node.className() + " " + node.objects() + " " + node.shallowBytes() + " "
          + node.retainedBytes());
      lines.addAll(shape(node.children()));
    }
    return lines;
  }

  private static void sameGraph(HeapSummary original, HeapSummary copy) {
    assertThat(copy.reached()).isEqualTo(original.reached());
    assertThat(copy.unreachable()).isEqualTo(original.unreachable());
    assertThat(copy.byClass()).isEqualTo(original.byClass());
    assertThat(shape(copy.dominators())).isEqualTo(shape(original.dominators()));
    assertThat(copy.dump().layout()).isEqualTo(original.dump().layout());
    assertThat(copy.problems()).isEqualTo(original.problems());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void theCopyHasTheSameGraphAndNoText(int idBytes) throws Exception {
    Path in = SmallHeap.dump(idBytes).writeTo(folder.resolve("in.hprof"));
    Path out = folder.resolve("out.hprof");
    Redaction redaction = redact(in, out, false);
    if (idBytes == 8) {
      sameGraph(analyse(in), analyse(out));
    }
    assertThat(redaction.problems()).isEmpty();
    assertThat(redaction.arrayBytes()).isEqualTo(40 + 5 + 5 + 8);
    assertThat(Files.size(out)).isEqualTo(Files.size(in)).isEqualTo(redaction.copiedBytes());
    String copy = new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1);
    assertThat(copy).doesNotContain("twice", "worker-3").contains("app/Holder", "CHAIN", "payload", "Source.java");
  }

  @Test
  void numbersInFieldsGoUnlessTheyAreKept() throws Exception {
    DumpBuilder dump = DumpBuilder.withIdsOf(8);
    long secret = dump.addClass(dump.address(96), "app.Secret", 0, 0,
        List.of(new DumpBuilder.Field("PIN", io.tare.heap.hprof.BasicType.INT, 0x5ec2e71)),
        List.of(DumpBuilder.number("code")));
    dump.root(io.tare.heap.hprof.HeapVisitor.Root.Kind.JNI_GLOBAL, dump.instance(secret, 0x5ec2e72));
    Path in = dump.writeTo(folder.resolve("in.hprof"));
    redact(in, folder.resolve("blank.hprof"), false);
    redact(in, folder.resolve("kept.hprof"), true);
    assertThat(hex(folder.resolve("blank.hprof"))).doesNotContain("05ec2e7");
    assertThat(hex(folder.resolve("kept.hprof"))).contains("05ec2e71", "05ec2e72");
  }

  private static String hex(Path file) throws IOException {
    return java.util.HexFormat.of().formatHex(Files.readAllBytes(file));
  }

  @Test
  void textsThatAreNoNamesGo() throws Exception {
    byte[] dump = SmallHeap.dump(8).toBytes();
    // A symbol that no class, field or method is named by, as the VM writes them for literals of the program.
    byte[] literal = "\1\0\0\0\0\0\0\0\20\0\0\0\0\0\0\7\177password".getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream with = new ByteArrayOutputStream();
    with.write(dump, 0, 31);
    with.writeBytes(literal);
    with.write(dump, 31, dump.length - 31);
    Path in = Files.write(folder.resolve("in.hprof"), with.toByteArray());
    Redaction redaction = redact(in, folder.resolve("out.hprof"), false);
    Path without = Files.write(folder.resolve("without.hprof"), dump);
    long others = redact(without, folder.resolve("out2.hprof"), false).textBytes();
    assertThat(redaction.textBytes()).isEqualTo(others + "password".length());
    assertThat(Files.readString(folder.resolve("out.hprof"), StandardCharsets.ISO_8859_1)).doesNotContain("password");
  }

  @Test
  void aCompressedDumpIsCopiedToo() throws Exception {
    byte[] dump = SmallHeap.dump(8).toBytes();
    Path in = folder.resolve("in.hprof.gz");
    try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(in))) {
      gzip.write(dump);
    }
    redact(in, folder.resolve("out.hprof"), false);
    sameGraph(analyse(in), analyse(folder.resolve("out.hprof")));
  }

  @Test
  void nothingIsCopiedFromWhereADumpMakesNoSenseOn() throws Exception {
    byte[] dump = SmallHeap.dump(8).toBytes();
    int segment = firstSegment(dump);
    dump[segment + 9] = (byte) 0x77;
    Path in = Files.write(folder.resolve("in.hprof"), dump);
    Redaction redaction = redact(in, folder.resolve("out.hprof"), false);
    assertThat(redaction.problems()).singleElement().asString().contains("0x77", "left out");
    assertThat(redaction.copiedBytes()).isEqualTo(segment + 10);
    assertThat(Files.size(folder.resolve("out.hprof"))).isEqualTo(segment + 10);
  }

  private static int firstSegment(byte[] dump) {
    ByteBuffer bytes = ByteBuffer.wrap(dump);
    int at = 31;
    while (bytes.get(at) != 0x1c) {
      at += 9 + bytes.getInt(at + 5);
    }
    return at;
  }

  @Test
  void everyByteMayBeWrongAndStillThereIsACopy() throws Exception {
    byte[] dump = SmallHeap.dump(8).toBytes();
    for (int at = 31; at < dump.length; at += 23) {
      byte[] wrong = dump.clone();
      wrong[at] = (byte) 0x77;
      Path in = Files.write(folder.resolve("in.hprof"), wrong);
      assertThat(redact(in, folder.resolve("out.hprof"), false).copiedBytes()).as("byte %d", at)
          .isLessThanOrEqualTo(dump.length);
    }
  }

  @Test
  void aCutDumpIsCopiedUpToTheCut() throws Exception {
    byte[] dump = SmallHeap.dump(8).toBytes();
    Path in = Files.write(folder.resolve("in.hprof"), Arrays.copyOf(dump, dump.length - 100));
    Redaction redaction = redact(in, folder.resolve("out.hprof"), false);
    assertThat(redaction.problems()).singleElement().asString().contains("cut off");
    assertThat(analyse(folder.resolve("out.hprof")).dump().truncated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void aRealDumpKeepsItsGraph(int version) throws Exception {
    Optional<Path> jdk = LiveJvm.jdk(version);
    assumeTrue(jdk.isPresent(), "no JDK " + version + " is installed");
    Path in = folder.resolve("live.hprof");
    LiveJvm.run(jdk.get(), List.of(), "DumpAndCount.java", in.toString());
    redact(in, folder.resolve("out.hprof"), false);
    sameGraph(analyse(in), analyse(folder.resolve("out.hprof")));
    String copy = Files.readString(folder.resolve("out.hprof"), StandardCharsets.ISO_8859_1);
    assertThat(copy).contains("java/lang/String").doesNotContain("gcClassHistogram");
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void noneOfManySecretsIsInTheCopy(int version) throws Exception {
    Optional<Path> jdk = LiveJvm.jdk(version);
    assumeTrue(jdk.isPresent(), "no JDK " + version + " is installed, so secrets in its dumps were not looked for");
    Path in = folder.resolve("live.hprof");
    LiveJvm.run(jdk.get(), List.of(), "Secrets.java", in.toString());
    redact(in, folder.resolve("out.hprof"), false);
    byte[] original = Files.readAllBytes(in);
    byte[] copy = Files.readAllBytes(folder.resolve("out.hprof"));
    for (byte[] secret : secrets()) {
      assertThat(count(original, secret)).as("planted").isPositive();
      assertThat(count(copy, secret)).as("left").isZero();
    }
  }

  /** As {@code Secrets} plants them: in strings of either width, arrays, names of threads, numbers in fields. */
  private static List<byte[]> secrets() {
    List<byte[]> secrets = new ArrayList<>();
    for (String where : List.of("string", "bytes", "thread", "symbol")) {
      secrets.add(("hidden-" + where + "-4711").getBytes(StandardCharsets.ISO_8859_1));
    }
    secrets.add("hidden-chars-4711".getBytes(StandardCharsets.UTF_16BE));
    // A string with a wide letter is stored as the processor has its numbers.
    secrets.add("hidden-wide-4711".getBytes(StandardCharsets.UTF_16LE));
    secrets.add(ByteBuffer.allocate(8).putLong(0x5ec2e75ec2e71234L).array());
    secrets.add(ByteBuffer.allocate(8).putLong(0x5ec2e75ec2e75678L).array());
    return secrets;
  }

  private static int count(byte[] in, byte[] what) {
    int count = 0;
    for (int at = 0; at <= in.length - what.length; at++) {
      count += in[at] == what[0] && Arrays.equals(in, at, at + what.length, what, 0, what.length) ? 1 : 0;
    }
    return count;
  }
}
