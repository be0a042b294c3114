package io.tare.history.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.formats.NotThisFormat;
import io.tare.history.recording.FrameScan.FileHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** The records of a recording, whole, torn and damaged. */
class EntriesTest {
  private static final List<Entry> ENTRIES = SampleRecordings.oneOfEach();

  @Test
  void whatIsWrittenIsReadBack() {
    assertThat(SampleRecordings.read(SampleRecordings.bytes(ENTRIES))).isEqualTo(ENTRIES);
  }

  @Test
  void tornAtAnyByteTheRecordsBeforeTheTearAreAllThere() {
    byte[] whole = SampleRecordings.bytes(ENTRIES);
    List<Integer> ends = new ArrayList<>();
    for (int i = 1; i <= ENTRIES.size(); i++) {
      ends.add(SampleRecordings.bytes(ENTRIES.subList(0, i)).length);
    }
    for (int cut = 0; cut <= whole.length; cut++) {
      int at = cut;
      long sound = ends.stream().filter(end -> end <= at).count();
      assertThat(SampleRecordings.read(Arrays.copyOf(whole, cut))).as("torn at %d", cut)
          .isEqualTo(ENTRIES.subList(0, (int) sound));
    }
  }

  @Test
  void aDamagedByteCostsTheRecordItStandsInAndNoOther() {
    byte[] whole = SampleRecordings.bytes(ENTRIES);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      assertThat(SampleRecordings.read(damaged)).as("damaged at %d", at).hasSizeGreaterThanOrEqualTo(ENTRIES.size() - 1)
          .isSubsetOf(ENTRIES);
    }
  }

  @Test
  void theLabelsSaidLastSayWhoseTheProcessIs() {
    List<Entry> entries = new ArrayList<>(ENTRIES);
    assertThat(SampleRecordings.recording(entries).tracks().getFirst().labels()).isEqualTo(SampleRecordings.labels());
    entries.add(new Entry.Labelled(SampleRecordings.START + 4000, 1, Map.of("service", "billing")));
    assertThat(SampleRecordings.recording(entries).tracks().getFirst().labels())
        .isEqualTo(Map.of("service", "billing"));
  }

  @Test
  void aRecordOfAnUnknownKindIsPassedOver() {
    byte[] known = SampleRecordings.bytes(ENTRIES.subList(0, 1));
    byte[] strange = known.clone();
    strange[2] = 99;
    java.util.zip.CRC32C checksum = new java.util.zip.CRC32C();
    checksum.update(strange, 2, strange.length - 6);
    for (int i = 0; i < 4; i++) {
      strange[strange.length - 4 + i] = (byte) (checksum.getValue() >>> (8 * i));
    }
    byte[] both = Arrays.copyOf(strange, strange.length + known.length);
    System.arraycopy(known, 0, both, strange.length, known.length);
    assertThat(SampleRecordings.read(both)).isEqualTo(ENTRIES.subList(0, 1));
  }

  @Test
  void randomDamageNeverStopsTheReader() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] whole = SampleRecordings.bytes(ENTRIES);
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 1 + random.nextInt(20); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      assertThat(SampleRecordings.read(damaged)).as("seed %d", seed).isSubsetOf(ENTRIES);
    }
  }

  @Test
  void aForeignFileAnEmptyOneAndANewerOneAreRefusedInASentence() throws NotThisFormat {
    byte[] head = FileHead.bytes();
    FileHead.check(head, head.length);
    byte[] newer = head.clone();
    newer[8] = 2;
    assertThatThrownBy(() -> FileHead.check(newer, newer.length)).isInstanceOf(NotThisFormat.class)
        .hasMessageContaining("version 2").hasMessageContaining("newer");
    byte[] foreign = "PK\u0003\u0004 and so on and on".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> FileHead.check(foreign, foreign.length)).hasMessageContaining("no recording");
    assertThatThrownBy(() -> FileHead.check(head, 7)).hasMessageContaining("cut");
  }

  static Stream<byte[]> seeds() {
    return Stream.of(SampleRecordings.bytes(ENTRIES), new byte[0],
        "TRTRTR".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  @MethodSource("seeds")
  @FuzzTest
  void anything(byte[] content) {
    SampleRecordings.read(content);
  }
}
