package io.tare.sync.rewrite;

import io.tare.sync.state.FileState;

/** All files of one state become another. {@code name} says which phase that is. */
public record Change(String name, FileState from, FileState to) {
  public static final Change PREPARE = new Change("prepare", FileState.SYNCED, FileState.TEMP_DELETED);
  public static final Change FINALIZE = new Change("finalize", FileState.TEMP_DELETED, FileState.DELETED_IN_SOURCE);
}
