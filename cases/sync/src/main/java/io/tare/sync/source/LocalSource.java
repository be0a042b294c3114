package io.tare.sync.source;

import io.tare.sync.source.Page.ListedFile;
import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileFacts;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** A directory and all below it. Symbolic links and other special files are left out. */
public final class LocalSource implements Source {
  private static final int FILES_PER_PAGE = 1000;
  private final Path root;

  private LocalSource(Path root) {
    this.root = root;
  }

  public static LocalSource open(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new Unavailable("the source " + root + " is not a directory");
    }
    return new LocalSource(root.toRealPath());
  }

  @Override
  public String identity() {
    return "file:" + root;
  }

  @Override
  public void list(Place place, PageReader reader) throws IOException, InterruptedException {
    Gathering gathering = new Gathering(place, reader);
    try (DirectoryStream<Path> children = Files.newDirectoryStream(root.resolve(place.path()))) {
      for (Path child : children) {
        gathering.add(child);
      }
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    } catch (NoSuchFileException goneMeanwhile) {
      // A directory that is gone has no files: what was in it will be found deleted.
      gathering.forget();
      requireRoot(goneMeanwhile);
    }
    gathering.end();
  }

  private void requireRoot(IOException cause) throws Unavailable {
    if (!Files.isDirectory(root)) {
      throw new Unavailable("the source " + root + " is gone", cause);
    }
  }

  @Override
  public FileContent open(String path) throws IOException {
    Path file = root.resolve(path);
    try {
      FileFacts facts = facts(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
      return new FileContent(facts, Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException gone) {
      requireRoot(gone);
      throw new FileGone(path);
    }
  }

  @Override
  public void close() {}

  private static FileFacts facts(BasicFileAttributes attributes) {
    return new FileFacts(attributes.size(), attributes.lastModifiedTime().toMillis(), ContentHash.UNKNOWN);
  }

  /** Children of one directory on their way into pages. */
  private static final class Gathering {
    private final Place place;
    private final PageReader reader;
    private final List<ListedFile> files = new ArrayList<>();
    private final List<String> places = new ArrayList<>();

    Gathering(Place place, PageReader reader) {
      this.place = place;
      this.reader = reader;
    }

    void add(Path child) throws IOException, InterruptedException {
      String path = place.path() + child.getFileName();
      try {
        BasicFileAttributes attributes = Files.readAttributes(child, BasicFileAttributes.class,
            LinkOption.NOFOLLOW_LINKS);
        if (attributes.isDirectory()) {
          places.add(path + "/");
        } else if (attributes.isRegularFile()) {
          files.add(new ListedFile(path, facts(attributes)));
        }
      } catch (NoSuchFileException goneMeanwhile) {
        return;
      }
      if (files.size() + places.size() >= FILES_PER_PAGE) {
        reader.read(Page.part(place, files, places));
        forget();
      }
    }

    void forget() {
      files.clear();
      places.clear();
    }

    void end() throws IOException, InterruptedException {
      reader.read(Page.last(place, files, places));
    }
  }
}
