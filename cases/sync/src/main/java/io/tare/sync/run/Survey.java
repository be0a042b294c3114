package io.tare.sync.run;

import io.tare.sync.destination.Destination;
import io.tare.sync.destination.Destination.Look;
import io.tare.sync.source.Page;
import io.tare.sync.source.Page.ListedFile;
import io.tare.sync.source.Place;
import io.tare.sync.source.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists a place of the source with what the scope wants of it, and looks at the same directories of the destination. */
record Survey(Source source, Destination destination, Scope scope) {

  /** A page without what the filter leaves out, and what the destination has of it. */
  record Surveyed(Place listed, List<SeenFile> files, List<String> places, Page page) {}

  /** Takes pages. */
  interface Reader {
    void read(Surveyed page) throws InterruptedException;
  }

  void list(Place place, Reader reader) throws IOException, InterruptedException {
    Looks looks = new Looks(destination);
    source.list(place, page -> {
      List<SeenFile> files = new ArrayList<>(page.files().size());
      for (ListedFile file : page.files()) {
        if (scope.filter().isIn(file.path())) {
          files.add(new SeenFile(file, there(file, looks)));
        }
      }
      List<String> places = page.places().stream().filter(scope.filter()::mayHoldSome).toList();
      reader.read(new Surveyed(page.listed(), files, places, page));
    });
  }

  private Presence there(ListedFile file, Looks looks) throws IOException, InterruptedException {
    if (scope.verify() == Verify.NONE) {
      return Presence.NOT_ASKED;
    }
    int slash = file.path().lastIndexOf('/');
    Look look = looks.into(file.path().substring(0, slash + 1));
    return Presence.of(look.find(file.path().substring(slash + 1)), file.facts());
  }

  /** The directories looked into last. A listing in the order of keys comes back to one after each directory in it. */
  private static final class Looks {
    private static final int MOST = 4;
    private final Destination destination;

    @SuppressWarnings("serial")
    private final Map<String, Look> last = new LinkedHashMap<>(MOST, 1, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Look> eldest) {
        return size() > MOST;
      }
    };

    Looks(Destination destination) {
      this.destination = destination;
    }

    Look into(String directory) throws IOException, InterruptedException {
      Look known = last.get(directory);
      if (known == null) {
        known = destination.look(directory);
        last.put(directory, known);
      }
      return known;
    }
  }
}
