package io.tare.capture.dump;

import io.tare.capture.attach.TargetProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Chooses where a target writes its dump. */
public final class DumpPlaces {
  private DumpPlaces() {}

  /**
   * What is wished for.
   *
   * @param asked the only folder that comes into question, as the target names it
   * @param destination the folder where the dump is to end; used at once if the target can
   * @param needsBytes so much room there must be
   */
  public record Wish(Optional<Path> asked, Optional<Path> destination, long needsBytes) {}

  public static DumpPlace choose(TargetProcess process, Wish wish) throws DumpRefused {
    if (wish.asked().isPresent()) {
      return asked(wish.asked().get(), process, wish.needsBytes());
    }
    List<DumpPlace> places = places(process, wish.destination());
    return places.stream().filter(place -> !place.isMemory() && place.roomBytes() >= wish.needsBytes()).findFirst()
        .orElseThrow(() -> new DumpRefused("no folder has the " + megabytes(wish.needsBytes())
            + " of disk that the dump may need: "
            + (places.isEmpty() ? "the process shares none with us" : list(places))
            + "; name one, as the process sees it, by --dump-in DIR"));
  }

  private static DumpPlace asked(Path folder, TargetProcess process, long needsBytes) throws DumpRefused {
    DumpPlace place = (folder.isAbsolute() ? DumpPlace.of(folder, process) : Optional.<DumpPlace>empty())
        .orElseThrow(() -> new DumpRefused("the process cannot write to " + folder
            + ", or it cannot be seen from here: --dump-in wants an absolute path as the process sees it"));
    if (place.roomBytes() < needsBytes) {
      throw new DumpRefused("the dump may need " + megabytes(needsBytes) + ", but " + list(List.of(place)));
    }
    return place;
  }

  private static List<DumpPlace> places(TargetProcess process, Optional<Path> destination) {
    List<Path> paths = new ArrayList<>();
    if (process.sharesRoot()) {
      destination.ifPresent(paths::add);
    }
    paths.add(Path.of("/tmp"));
    paths.add(Path.of("/var/tmp"));
    process.folder().link("cwd").map(Path::of).filter(Path::isAbsolute).ifPresent(paths::add);
    return paths.stream().distinct().flatMap(path -> DumpPlace.of(path, process).stream()).toList();
  }

  private static String list(List<DumpPlace> places) {
    return places.stream()
        .map(place -> place.asTarget() + (place.isMemory() ? " is memory" : " has " + megabytes(place.roomBytes())))
        .collect(Collectors.joining(", "));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", (bytes + (1 << 20) - 1) >> 20);
  }
}
