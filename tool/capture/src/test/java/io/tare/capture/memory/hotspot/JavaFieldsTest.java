package io.tare.capture.memory.hotspot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class JavaFieldsTest {
  /** HotSpot's UNSIGNED5: no byte is zero, codes from 192 on continue. */
  private static void write(long value, ByteArrayOutputStream into) {
    long rest = value;
    for (int i = 0; i < 4 && rest >= 191; i++) {
      long over = rest - 191;
      into.write((int) (1 + 191 + (over & 63)));
      rest = over >>> 6;
    }
    into.write((int) (1 + rest));
  }

  private static FieldStream stream(long... values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (long value : values) {
      write(value, bytes);
    }
    return new FieldStream(bytes.toByteArray());
  }

  @Test
  void fieldsComeWithTheirNamesAndOffsets() {
    FieldStream stream = stream(2, 0, 700, 5, 12, 1, 0, 190, 6, 70_000, 2, 0);
    assertThat(stream.fields()).containsExactly(new FieldStream.Field(700, 12), new FieldStream.Field(190, 70_000));
  }

  @Test
  void optionalNumbersArePassedOver() {
    FieldStream stream = stream(2, 0, 1, 5, 12, 1, 1 | 4 | 16, 99, 98, 97, 2, 6, 16, 2, 0);
    assertThat(stream.fields()).containsExactly(new FieldStream.Field(1, 12), new FieldStream.Field(2, 16));
  }

  @Test
  void aStreamThatIsCutOffEndsQuietly() {
    assertThat(new FieldStream(new byte[] {(byte) 255, (byte) 255}).fields()).isEmpty();
    assertThat(new FieldStream(new byte[0]).fields()).isEmpty();
  }
}
