package io.tare.sync.run;

import io.tare.sync.destination.Destination;
import io.tare.sync.source.FileContent;
import io.tare.sync.source.FileGone;
import io.tare.sync.source.Retry;
import io.tare.sync.source.Source;
import io.tare.sync.source.Unavailable;
import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileEntry;
import io.tare.sync.state.FileFacts;
import io.tare.sync.state.FileState;
import java.io.IOException;

/** Brings one file over, or takes it away. */
record FileTransfer(Source source, Destination destination, Retry retry, ByteRate rate) {

  /** @param mayBeThere whether a run that was cut may have brought it over already */
  Outcome work(FileEntry file, boolean mayBeThere) throws Unavailable, InterruptedException {
    try {
      if (file.state() == FileState.DELETED_IN_SOURCE) {
        destination.delete(file.path());
        return new Outcome.Deleted(file);
      }
      if (mayBeThere && file.state() != FileState.UNCERTAIN && destination.holds(file.path(), file.facts())) {
        return new Outcome.Arrived(file, file.facts(), true);
      }
      if (file.state() == FileState.UNCERTAIN) {
        return retry.send(() -> compareOrCopy(file));
      }
      return new Outcome.Arrived(file, retry.send(() -> copy(file.path())), false);
    } catch (FileGone gone) {
      return gone(file, mayBeThere);
    } catch (Unavailable all) {
      throw all;
    } catch (IOException failure) {
      return new Outcome.Failed(file, String.valueOf(failure.getMessage()));
    }
  }

  /** What a run that was killed began to bring would stay for ever. */
  private Outcome gone(FileEntry file, boolean mayBeThere) throws InterruptedException {
    try {
      if (mayBeThere) {
        destination.deletePart(file.path());
      }
      return new Outcome.Gone(file);
    } catch (IOException failure) {
      return new Outcome.Failed(file, String.valueOf(failure.getMessage()));
    }
  }

  private Outcome compareOrCopy(FileEntry file) throws IOException, InterruptedException {
    ContentHash there = destination.hash(file.path());
    if (there.isKnown() && there.equals(hashOfSource(file.path()))) {
      FileFacts facts = file.facts();
      return new Outcome.Arrived(file, facts.hash().isKnown() ? facts : facts.withHash(there), true);
    }
    return new Outcome.Arrived(file, copy(file.path()), false);
  }

  private ContentHash hashOfSource(String path) throws IOException, InterruptedException {
    try (FileContent content = source.open(path)) {
      return ContentHash.ofContent(rate.slowed(content.stream()));
    }
  }

  private FileFacts copy(String path) throws IOException, InterruptedException {
    try (FileContent content = source.open(path)) {
      FileFacts facts = content.facts();
      MeasuredStream measured = new MeasuredStream(rate.slowed(content.stream()), facts);
      destination.put(path, facts, measured);
      return facts.hash().isKnown() ? facts : facts.withHash(measured.hash());
    }
  }
}
