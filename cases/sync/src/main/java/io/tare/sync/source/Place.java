package io.tare.sync.source;

/**
 * A directory or prefix that is to be listed.
 *
 * @param path relative to the source's root, ending with {@code /}; empty for the root
 * @param continuation where a listing that was cut goes on; empty for the start
 */
public record Place(String path, String continuation) {
  public static final Place ROOT = new Place("", "");

  public static Place of(String path) {
    return new Place(path, "");
  }

  public int depth() {
    return (int) path.chars().filter(c -> c == '/').count();
  }
}
