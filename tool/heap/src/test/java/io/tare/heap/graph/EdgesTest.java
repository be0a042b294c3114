package io.tare.heap.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.store.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgesTest {
  private static final int OBJECTS = 2000;
  private static final long SEED = 7;

  @TempDir
  Path folder;

  private Storage storage;

  @BeforeEach
  void open() {
    storage = new Storage(Long.MAX_VALUE, folder);
  }

  @AfterEach
  void close() {
    storage.close();
  }

  @Test
  void rowsOfAllLengthsComeBackFromSeveralWriters() {
    try (Edges edges = new Edges(storage, OBJECTS, 1_000_000)) {
      check(edges, List.of(edges.writer(), edges.writer()));
    }
  }

  @Test
  void rowsThatStartBeyondFourBillionComeBack() {
    try (Edges edges = new Edges(storage, OBJECTS, 10_000_000_000L)) {
      Edges.Writer far = edges.writer();
      far.begin(6_000_000_000L);
      far.end(OBJECTS);
      check(edges, List.of(edges.writer()));
      assertThat(longestStart(edges)).isGreaterThan(6_000_000_000L);
    }
  }

  @Test
  void aRowWithFewerReferencesThanThoughtLeavesNoGap() {
    try (Edges edges = new Edges(storage, 10, 1_000_000)) {
      Edges.Writer writer = edges.writer();
      writer.begin(500_000);
      writer.add(3);
      writer.add(0);
      writer.end(1);
      writer.begin(2);
      writer.add(4);
      writer.add(5);
      writer.end(2);
      assertThat(row(edges, 1)).containsExactly(3, 0);
      assertThat(row(edges, 2)).containsExactly(4, 5);
      assertThat(edges.start(2)).isEqualTo(edges.start(1) + 2);
    }
  }

  private static void check(Edges edges, List<Edges.Writer> writers) {
    Random random = new Random(SEED);
    List<List<Integer>> rows = new ArrayList<>();
    rows.add(List.of());
    for (int node = 1; node <= OBJECTS; node++) {
      int length = node % 500 == 0 ? 100_000 : random.nextInt(6);
      List<Integer> row = random.ints(length, 0, OBJECTS + 1).boxed().toList();
      Edges.Writer writer = writers.get(random.nextInt(writers.size()));
      writer.begin(length + random.nextInt(3));
      row.forEach(writer::add);
      writer.end(node);
      rows.add(row);
    }
    for (int node = 1; node <= OBJECTS; node++) {
      assertThat(row(edges, node)).as("seed %d, object %d", SEED, node).isEqualTo(rows.get(node));
    }
  }

  private static List<Integer> row(Edges edges, int node) {
    List<Integer> row = new ArrayList<>();
    long at = edges.start(node);
    for (boolean more = at != Edges.NONE; more; at++) {
      int entry = edges.entry(at);
      row.add(Edges.target(entry));
      more = !Edges.isLast(entry);
    }
    return row;
  }

  private static long longestStart(Edges edges) {
    long longest = 0;
    for (int node = 1; node <= OBJECTS; node++) {
      longest = Math.max(longest, edges.start(node));
    }
    return longest;
  }
}
