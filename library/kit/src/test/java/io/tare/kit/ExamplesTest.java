package io.tare.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.kit.batch.Batch;
import io.tare.kit.batch.BatchLimits;
import io.tare.kit.batch.BatchReader;
import io.tare.kit.batch.BatchSource;
import io.tare.kit.text.ByteInterner;
import io.tare.kit.text.StringInterner;
import io.tare.kit.text.Utf8Slice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** The examples of docs/kit.md, run. */
class ExamplesTest {
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void bufferPool() throws IOException {
    ReadableByteChannel channel = Channels.newChannel(new java.io.ByteArrayInputStream("hello".getBytes(UTF_8)));
    BufferPool pool = BufferPool.direct(PoolOptions.upTo(64 << 20));
    try (Lease<ByteBuffer> lease = pool.take(8_192)) {
      ByteBuffer buffer = lease.value();
      channel.read(buffer);
      assertThat(buffer.flip().remaining()).isEqualTo(5);
    }
    assertThat(pool.statistics().takes()).isEqualTo(1);
  }

  @Test
  void objectPool() {
    byte[] bytes = "some text".getBytes(UTF_8);
    byte[] target = new byte[100];
    ObjectPool<Deflater> deflaters = ObjectPool.of(Deflater::new, Deflater::reset, PoolOptions.upTo(8));
    try (Lease<Deflater> lease = deflaters.take()) {
      lease.value().setInput(bytes);
      lease.value().finish();
      assertThat(lease.value().deflate(target)).isPositive();
    }
  }

  @Test
  void interners() {
    byte[] line = "GET;/index.html".getBytes(UTF_8);
    StringInterner methods = StringInterner.upTo(4_096);
    String method = methods.intern(line, 0, 3);
    ByteInterner paths = ByteInterner.upTo(64 << 20);
    int path = paths.intern(line, 4, line.length);
    assertThat(method).isEqualTo("GET");
    assertThat(paths.string(path)).isEqualTo("/index.html");
    assertThat(paths.find(line, 4, line.length)).isEqualTo(path);
  }

  @Test
  void slice() {
    byte[] line = "größe;12".getBytes(UTF_8);
    Utf8Slice name = Utf8Slice.of(line, 0, 7);
    assertThat(name.contentEquals("größe")).isTrue();
    assertThat(name.length()).isEqualTo(5);
    assertThat(Integer.parseInt(Utf8Slice.of(line, 8, 10), 0, 2, 10)).isEqualTo(12);
  }

  @Test
  void arena() {
    try (BumpArena arena = BumpArena.upTo(64 << 20)) {
      long point = arena.allocate(16);
      arena.putLong(point, 3);
      arena.putLong(point + 8, 4);
      assertThat(arena.getLong(point) + arena.getLong(point + 8)).isEqualTo(7);
      arena.reset();
    }
  }

  @Test
  void slab() {
    try (Slab orders = Slab.of(24, 10_000_000)) {
      long order = orders.allocate();
      orders.putLong(order, 0, 1_995);
      assertThat(orders.getLong(order, 0)).isEqualTo(1_995);
      orders.free(order);
      assertThat(orders.live()).isZero();
    }
  }

  @Test
  void batches() {
    TreeMap<Integer, String> store = new TreeMap<>(Map.of(1, "a", 2, "b", 3, "c"));
    BatchSource<String, Integer> source = (from, maxItems) -> {
      List<String> items = new ArrayList<>();
      for (Map.Entry<Integer, String> entry : store.tailMap(from.orElse(0)).entrySet()) {
        if (items.size() == maxItems) {
          return Batch.of(items, entry.getKey());
        }
        items.add(entry.getValue());
      }
      return Batch.last(items);
    };
    List<String> seen = new ArrayList<>();
    try (BatchReader<String> reader = BatchReader.open(source, new BatchLimits(2, 1))) {
      while (reader.hasNext()) {
        seen.addAll(reader.next());
      }
    }
    assertThat(seen).containsExactly("a", "b", "c");
  }

  @Test
  void theseAreTheExamplesOfThePage() throws IOException {
    String page = Files.readString(Path.of("../../docs/kit.md"));
    String source = withoutSpaces(Files.readString(Path.of("src/test/java/io/tare/kit/ExamplesTest.java")));
    int examples = 0;
    for (Matcher block = JAVA_BLOCK.matcher(page); block.find(); examples++) {
      assertThat(source).contains(withoutSpaces(block.group(1)));
    }
    assertThat(examples).isEqualTo(7);
  }

  private static String withoutSpaces(String code) {
    return code.replaceAll("\\s+", "");
  }
}
