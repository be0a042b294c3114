package io.tare.heap.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.Analysed;
import io.tare.heap.DumpBuilder;
import io.tare.heap.DumpBuilder.Field;
import io.tare.heap.answers.ObjectReader.ObjectRecord;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.HeapVisitor.Root;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value reads the same whether the object is small, and kept, or large, and read from the file. */
class ContentTest {
  private static final List<Field> FIELDS = List.of(new Field("flag", BasicType.BOOLEAN, 0),
      new Field("letter", BasicType.CHAR, 0), new Field("real", BasicType.FLOAT, 0),
      new Field("exact", BasicType.DOUBLE, 0), new Field("octet", BasicType.BYTE, 0),
      new Field("word", BasicType.SHORT, 0), new Field("whole", BasicType.INT, 0),
      new Field("large", BasicType.LONG, 0), DumpBuilder.reference("other"));
  private static final long[] VALUES = {1, 0xfffe, 0xbf80_0000L, 0x8000_0000_0000_0001L, 0x80, 0x8001, 0x8000_0001L,
      Long.MIN_VALUE + 5, 0};

  @TempDir
  Path folder;

  @Test
  void smallAndLargeObjectsReadTheSame() throws Exception {
    DumpBuilder builder = DumpBuilder.withIdsOf(8);
    long object = builder.addClass("java.lang.Object", 0);
    builder.addClass("[B", object);
    long small = builder.addClass("app.Small", object, FIELDS.toArray(Field[]::new));
    List<Field> padded = new ArrayList<>(FIELDS);
    for (int i = 0; i < 20; i++) {
      padded.add(new Field("more" + i, BasicType.LONG, 0));
    }
    long large = builder.addClass("app.Large", object, padded.toArray(Field[]::new));
    long[] values = VALUES.clone();
    values[8] = builder.instance(object);
    long first = builder.instance(small, values);
    long second = builder.instance(large, java.util.Arrays.copyOf(values, padded.size()));
    byte[] few = bytes(96);
    byte[] many = bytes(97);
    long ofFew = builder.byteArray(few);
    long ofMany = builder.byteArray(many);
    for (long one : new long[] {first, second, ofFew, ofMany}) {
      builder.root(Root.Kind.JNI_GLOBAL, one);
    }
    try (Analysed analysed = new Analysed(builder.writeTo(folder.resolve("a.hprof")), folder)) {
      ObjectReader reader = new ObjectReader(analysed.graph.index());
      assertThat(((ObjectRecord.Instance) reader.find(first).orElseThrow()).content().isKept()).isTrue();
      assertThat(((ObjectRecord.Instance) reader.find(second).orElseThrow()).content().isKept()).isFalse();
      for (Field field : FIELDS) {
        assertThat(reader.value(first, field.name())).as(field.name()).isEqualTo(reader.value(second, field.name()))
            .isPresent();
      }
      assertThat(reader.value(first, "octet")).hasValue(-128);
      assertThat(reader.value(first, "word")).hasValue((short) 0x8001);
      assertThat(reader.value(first, "letter")).hasValue(0xfffe);
      assertThat(reader.value(first, "whole")).hasValue(0x8000_0001);
      assertThat(reader.value(first, "other")).hasValue(values[8]);
      elements(reader, ofFew, few);
      elements(reader, ofMany, many);
    }
  }

  private static void elements(ObjectReader reader, long address, byte[] truth) {
    ObjectRecord.Array array = (ObjectRecord.Array) reader.find(address).orElseThrow();
    assertThat(array.content().isKept()).isEqualTo(truth.length <= 96);
    for (int i = 0; i < truth.length; i++) {
      assertThat(reader.element(array, i)).hasValue(truth[i]);
    }
    assertThat(reader.element(array, truth.length)).isEmpty();
    assertThat(reader.arrayText(address).orElseThrow()).hasSize(truth.length).startsWith("\u00f6\u00f7")
        .isEqualTo(new String(truth, java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (0xf6 + i);
    }
    return bytes;
  }
}
