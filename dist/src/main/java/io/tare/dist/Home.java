package io.tare.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Tare as a folder that needs nothing but the C library: {@code bin/tare}, a runtime of the modules that it uses, one jar, the classes linked ahead
 * of time, what shells and {@code man} want.
 */
final class Home {
  /** What the tool uses; a test of the package finds out when one is missing. */
  private static final String MODULES = "java.base,jdk.httpserver,jdk.management,jdk.unsupported";

  /** Of the runtime: what other runtimes are made with. */
  private static final List<String> UNUSED = List.of("lib/jrt-fs.jar", "lib/classlist");
  /** Inside of it: the names of all characters, a tool for keys, messages of the JDK in languages that Tare doesn't speak. */
  private static final String UNASKED = "/java.base/java/lang/uniName.dat,/java.base/sun/security/tools/keytool/Main**,"
      + "regex:.*_(de|ja|zh_CN|zh_TW)\\.(class|properties)";
  /** It does its steps in the order of a hash map of identities: without this one, code that it makes is stripped in one build and not in the next. */
  private static final List<String> ALWAYS_ALIKE = List.of("-J-XX:+UnlockExperimentalVMOptions", "-J-XX:hashCode=2");
  private static final int SECTION_BYTES = 64;
  private static final int SYMBOL_TABLE = 2;

  private final Path folder;
  private final Instant date;

  Home(Path folder, Instant date) {
    this.folder = folder;
    this.date = date;
  }

  Path folder() {
    return folder;
  }

  /**
   * Not compressed: the package is, as a whole, and better.
   *
   * @param shapes of method handles, which get their code here and not at each start; the JDK's own choice where there are none
   */
  void runtime(List<String> shapes, Path work) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path runtime = folder.resolve("runtime");
    Packages.remove(runtime);
    Path jlink = Path.of(System.getProperty("java.home", ""), "bin/jlink");
    if (!Files.isExecutable(jlink)) {
      throw new IOException("this JDK has no jlink; packages are made with a whole JDK 25");
    }
    List<String> command = new ArrayList<>(List.of(jlink.toString()));
    command.addAll(ALWAYS_ALIKE);
    command.addAll(List.of("--add-modules", MODULES, "--strip-debug", "--no-header-files", "--no-man-pages",
        "--compress", "zip-0", "--exclude-resources", UNASKED, "--vm", "server", "--output", runtime.toString()));
    if (!shapes.isEmpty()) {
      command.add("--generate-jli-classes=@" + Files.write(work.resolve("shapes"), shapes));
    }
    ClassData.run(command);
    for (String file : UNUSED) {
      Files.delete(runtime.resolve(file));
    }
    withoutSymbols(runtime.resolve("lib/server/libjvm.so"));
  }

  /**
   * Blanks the table of symbols that only debuggers read, and its names; those that a program is linked by, and Tare reads, stand in another. They are a
   * twentieth of the package.
   */
  private static void withoutSymbols(Path library) throws IOException {
    byte[] bytes = Files.readAllBytes(library);
    ByteBuffer elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int table = (int) elf.getLong(40);
    for (int section = 0; section < elf.getShort(60); section++) {
      int symbols = table + section * SECTION_BYTES;
      if (elf.getInt(symbols + 4) == SYMBOL_TABLE) {
        int names = table + elf.getInt(symbols + 40) * SECTION_BYTES;
        for (int blank : new int[] {symbols, names}) {
          int from = (int) elf.getLong(blank + 24);
          Arrays.fill(bytes, from, from + (int) elf.getLong(blank + 32), (byte) 0);
        }
      }
    }
    Files.write(library, bytes);
  }

  /** Many jars as one; the manifest is the first one's. */
  void jar(String name, List<Path> jars) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    byte[] manifest = {};
    for (Path path : jars) {
      try (JarFile jar = new JarFile(path.toFile())) {
        for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements();) {
          JarEntry entry = all.nextElement();
          byte[] content = jar.getInputStream(entry).readAllBytes();
          if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
            manifest = manifest.length == 0 ? content : manifest;
          } else if (!entry.isDirectory() && !entry.getName().startsWith("META-INF/maven/")
              && entries.put(entry.getName(), content) != null) {
            throw new IOException("two jars have " + entry.getName());
          }
        }
      }
    }
    try (OutputStream file = Files.newOutputStream(folder.resolve("lib/" + name));
        ZipOutputStream zip = new ZipOutputStream(file)) {
      store(zip, JarFile.MANIFEST_NAME, manifest);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        store(zip, entry.getKey(), entry.getValue());
      }
    }
  }

  private void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(LocalDateTime.ofInstant(date, ZoneOffset.UTC));
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    CRC32 sum = new CRC32();
    sum.update(content);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  void copy(Path from, String to, boolean isExecutable) throws IOException {
    Path target = folder.resolve(to);
    Files.createDirectories(target.getParent());
    Files.copy(from, target);
    target.toFile().setExecutable(isExecutable, false);
  }

  /** What Tare itself prints, for its launcher, for {@code man} and for shells. */
  void printed() throws IOException, InterruptedException {
    printed("lib/version", "version");
    printed("share/man/man1/tare.1", "help", "man");
    printed("share/bash-completion/completions/tare", "completion", "bash");
    printed("share/zsh/vendor-completions/_tare", "completion", "zsh");
    printed("share/fish/vendor_completions.d/tare.fish", "completion", "fish");
  }

  private void printed(String to, String... words) throws IOException, InterruptedException {
    Path target = folder.resolve(to);
    Files.createDirectories(target.getParent());
    List<String> command = Stream.concat(Stream.of(folder.resolve("bin/tare").toString()), Stream.of(words)).toList();
    Files.write(target, ClassData.run(command).getBytes(StandardCharsets.UTF_8));
  }

  /** The JVM uses linked classes only if jar and runtime have the date that they had; so everything has one. */
  void date() throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.filter(path -> !Files.isSymbolicLink(path)).toList()) {
        Files.setLastModifiedTime(path, FileTime.from(date));
      }
    }
  }
}
