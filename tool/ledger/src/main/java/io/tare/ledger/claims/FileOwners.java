package io.tare.ledger.claims;

import static io.tare.model.ledger.Confidence.DERIVED;
import static io.tare.model.ledger.Confidence.MEASURED;

import io.tare.model.ledger.Account;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Owners of mappings that have a path: programs and libraries, archives, shared memory, data files. */
final class FileOwners {
  private static final Pattern LIBRARY = Pattern.compile(".*\\.so(\\.[0-9.]+)?( \\(deleted\\))?");
  private static final Pattern CLASS_DATA_ARCHIVE = Pattern.compile(".*(\\.jsa|\\.aot)( \\(deleted\\))?");
  private static final List<String> SHARED_MEMORY = List.of("/dev/shm/", "/memfd:", "/SYSV", "/dev/zero", "/run/shm/");

  private final Set<String> programs;

  private FileOwners(Set<String> programs) {
    this.programs = programs;
  }

  /** A file of which any part may be executed is a program or a library, whatever its name. */
  static FileOwners of(Smaps smaps) {
    Set<String> programs = new HashSet<>();
    for (Mapping mapping : smaps.mappings()) {
      if (mapping.hasPath() && (mapping.isExecutable() || LIBRARY.matcher(mapping.name()).matches())) {
        programs.add(mapping.name());
      }
    }
    return new FileOwners(programs);
  }

  boolean isProgram(Mapping mapping) {
    return mapping.hasPath() && programs.contains(mapping.name()) && !isSharedMemory(mapping);
  }

  Owner of(Mapping mapping) {
    String path = mapping.name();
    if (isSharedMemory(mapping)) {
      return new Owner(Account.SHARED, path, MEASURED, "mapping's path");
    }
    if (CLASS_DATA_ARCHIVE.matcher(path).matches()) {
      return new Owner(Account.CDS, "", MEASURED, "mapping's path");
    }
    if (path.contains("/hsperfdata_")) {
      return new Owner(Account.JVM_OTHER, "performance counters", MEASURED, "mapping's path");
    }
    if (isProgram(mapping)) {
      // A private page of a writable mapping is the process's own copy once it was written to.
      return mapping.isWritable() || mapping.bytes().anonymous() > 0
          ? new Owner(Account.LIBRARIES_DATA, "", MEASURED, "mapping's path")
          : new Owner(Account.LIBRARIES, path, MEASURED, "mapping's path");
    }
    return new Owner(Account.MAPPED, path, MEASURED, "mapping's path");
  }

  /** The pages right behind a library's writable data are its zero-initialised data. */
  static Owner zeroInitialised() {
    return new Owner(Account.LIBRARIES_DATA, "", DERIVED, "anonymous memory right behind a library's data");
  }

  private static boolean isSharedMemory(Mapping mapping) {
    return SHARED_MEMORY.stream().anyMatch(mapping.name()::startsWith);
  }
}
