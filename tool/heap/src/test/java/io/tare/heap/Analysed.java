package io.tare.heap;

import io.tare.heap.dominators.DominatorTree;
import io.tare.heap.dominators.DominatorTree.HeapParts;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.hprof.DumpFile;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.OutlineReader;
import io.tare.heap.hprof.ProblemLog;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.HeapClass.ReferenceStrength;
import io.tare.heap.index.Passes;
import io.tare.heap.store.Storage;
import java.io.IOException;
import java.nio.file.Path;

/** A dump with all steps up to the dominators done, for tests. */
public final class Analysed implements AutoCloseable {
  public final ProblemLog problems = new ProblemLog();
  public final Storage storage;
  public final DumpFile file;
  public final HeapGraph graph;
  public final Reach reach;
  public final DominatorTree tree;

  public Analysed(Path dump, Path temporaryFolder) throws IOException, NotAHeapDump {
    this(dump, temporaryFolder, Long.MAX_VALUE);
  }

  public Analysed(Path dump, Path temporaryFolder, long budgetBytes) throws IOException, NotAHeapDump {
    storage = new Storage(budgetBytes, temporaryFolder);
    file = DumpFile.open(dump, temporaryFolder, problems);
    Outline outline = OutlineReader.read(file, problems);
    Passes passes = new Passes(file, outline.header().idBytes(), problems, 2, done -> {});
    graph = HeapGraph.build(DumpIndex.build(outline, passes, ReferenceStrength.USUAL, storage), storage);
    reach = Reach.of(graph, storage);
    tree = DominatorTree.of(new HeapParts(graph, reach, storage), HeapClass::name);
  }

  public int number(long address) {
    return graph.index().objects().find(address);
  }

  @Override
  public void close() throws IOException {
    file.close();
    storage.close();
  }
}
