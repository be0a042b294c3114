package io.tare.kit.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

@Tag("slow")
class InternerMemoryTest {
  private static final int DISTINCT = 50_000;

  @Test
  void theByteInternerTakesLessThanHalfOfAMapOfStrings() {
    ByteInterner interner = ByteInterner.upTo(64 << 20);
    ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
    for (int i = 0; i < DISTINCT; i++) {
      String text = String.format("customer-%07d", i);
      byte[] bytes = text.getBytes(UTF_8);
      interner.intern(bytes, 0, bytes.length);
      map.put(text, text);
    }
    long packed = GraphLayout.parseInstance(interner).totalSize();
    long asMap = GraphLayout.parseInstance(map).totalSize();
    System.out.println("byte interner " + packed + " bytes, map of strings " + asMap);
    assertThat(packed * 2).isLessThan(asMap);
    assertThat(interner.heldBytes()).isBetween(packed * 99 / 100, packed);
  }
}
