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

  private static FieldStream stream(boolean withValueClasses, long... values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (long value : values) {
      write(value, bytes);
    }
    return new FieldStream(bytes.toByteArray(), withValueClasses);
  }

  private static FieldStream stream(long... values) {
    return stream(false, values);
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

  /** Flag 8 says that a constant follows, 32 a generic signature, 128 a group; 1, 2 and 4 are those of value classes. */
  @Test
  void withValueClassesTheFlagsStandThreeBitsHigher() {
    FieldStream stream = stream(true, 3, 0, 1, 5, 12, 1, 8 | 32 | 128, 99, 98, 97, 2, 6, 16, 2, 4, 3, 6, 20, 2, 0);
    assertThat(stream.fields()).containsExactly(new FieldStream.Field(1, 12), new FieldStream.Field(2, 16),
        new FieldStream.Field(3, 20));
  }

  @Test
  void aStreamThatIsCutOffEndsQuietly() {
    assertThat(new FieldStream(new byte[] {(byte) 255, (byte) 255}, false).fields()).isEmpty();
    assertThat(new FieldStream(new byte[0], false).fields()).isEmpty();
  }
}
