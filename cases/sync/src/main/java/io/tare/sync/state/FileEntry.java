package io.tare.sync.state;

/** One file. The path is relative to the source's root, with {@code /} between names. */
public record FileEntry(String path, FileFacts facts, FileState state) {
  public FileEntry with(FileState newState) {
    return new FileEntry(path, facts, newState);
  }
}
