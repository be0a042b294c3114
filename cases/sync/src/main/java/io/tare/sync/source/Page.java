package io.tare.sync.source;

import io.tare.sync.state.FileFacts;
import java.util.List;
import java.util.Optional;

/**
 * A part of a listing.
 *
 * @param listed the place that was listed
 * @param places found inside it, to be listed too
 * @param continuation where the listing can go on if it is cut after this page; empty when it has to begin again
 */
public record Page(Place listed, List<ListedFile> files, List<String> places, Optional<String> continuation,
    boolean isLast) {
  public Page {
    files = List.copyOf(files);
    places = List.copyOf(places);
  }

  /** A file as the listing shows it. */
  public record ListedFile(String path, FileFacts facts) {}

  static Page part(Place listed, List<ListedFile> files, List<String> places) {
    return new Page(listed, files, places, Optional.empty(), false);
  }

  static Page last(Place listed, List<ListedFile> files, List<String> places) {
    return new Page(listed, files, places, Optional.empty(), true);
  }
}
