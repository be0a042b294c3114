package io.tare.dist;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code Packages PROJECT TARGET VERSION DATE TRAINING}: makes all packages in TARGET/packages from the jars on the class path. TRAINING is the
 * list of classes of earlier packages (it lies beside them), or {@code none}.
 */
final class Packages {
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+)(?= \\(0x)");

  private final Path project;
  private final Path target;
  private final String version;
  private final Instant date;
  private final Path packages;

  private Packages(Path project, Path target, String version, Instant date) {
    this.project = project;
    this.target = target;
    this.version = version;
    this.date = date;
    this.packages = target.resolve("packages");
  }

  public static void main(String[] words) throws IOException, InterruptedException {
    Packages all = new Packages(Path.of(words[0]), Path.of(words[1]), words[2], Instant.parse(words[3]));
    Optional<Path> training = words[4].equals("none") ? Optional.empty() : Optional.of(Path.of(words[4]));
    all.make(training);
  }

  private void make(Optional<Path> training) throws IOException, InterruptedException {
    remove(target.resolve("stage"));
    Files.createDirectories(packages);
    Home home = home(training);
    Files.copy(target.resolve("stage/classes/tare.classes"), packages.resolve("tare-" + version + ".classes"),
        StandardCopyOption.REPLACE_EXISTING);
    write("tare-" + version + "-linux-x64.tar.gz", Tar.gzip(home.folder(), "tare-" + version + "/", date));
    Path root = installed(home.folder());
    write("tare_" + version + "_amd64.deb", Deb.pack(root, version, date, target.resolve("stage/control")));
    write("tare-" + version.replace("-", "~") + "-1.x86_64.rpm", Rpm.pack(root, version, date));
    OciImage image = new OciImage(target.resolve("stage/image"), date);
    image.layer(base(home.folder()));
    image.layer(onlyHome(home.folder()));
    image.finish("/usr/lib/tare/bin/tare", version);
    write("tare-" + version + "-image.tar", image.archive());
  }

  private Home home(Optional<Path> training) throws IOException, InterruptedException {
    Home home = new Home(target.resolve("stage/tare"), date);
    Path work = Files.createDirectories(target.resolve("stage/classes"));
    ClassData classes = new ClassData(home.folder(), work, training);
    if (training.isEmpty()) {
      // To see what is loaded the package has to run.
      home.runtime(List.of(), work);
    }
    home.copy(project.resolve("dist/tare"), "bin/tare", true);
    home.copy(project.resolve("tool/app/start.sh"), "lib/start.sh", false);
    home.copy(project.resolve("LICENSE"), "LICENSE", false);
    home.copy(project.resolve("CHANGELOG.md"), "CHANGELOG.md", false);
    List<Path> jars = jars();
    home.jar("tare.jar", jars.stream().filter(jar -> !isDemo(jar)).toList());
    home.jar("demo.jar", jars.stream().filter(Packages::isDemo).toList());
    home.date();
    List<String> list = classes.list();
    home.runtime(ClassData.shapes(list), work);
    home.date();
    classes.make(list);
    home.printed();
    home.date();
    return home;
  }

  /** Tare's own jars, the command's first: its manifest says the version. */
  private static List<Path> jars() {
    List<Path> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      String name = path.getFileName().toString();
      if (name.startsWith("tare-app-")) {
        jars.addFirst(path);
      } else if (name.startsWith("tare-") && name.endsWith(".jar")) {
        jars.add(path);
      }
    }
    return jars;
  }

  private static boolean isDemo(Path jar) {
    return jar.getFileName().toString().startsWith("tare-faults-");
  }

  /** The tree of a distribution, from {@code /}. */
  private Path installed(Path home) throws IOException {
    Path root = target.resolve("stage/root");
    Files.createDirectories(root.resolve("usr/bin"));
    copyTree(home, root.resolve("usr/lib/tare"));
    Files.createSymbolicLink(root.resolve("usr/bin/tare"), Path.of("../lib/tare/bin/tare"));
    Files.move(root.resolve("usr/lib/tare/share"), root.resolve("usr/share"));
    Path doc = Files.createDirectories(root.resolve("usr/share/doc/tare"));
    Files.move(root.resolve("usr/lib/tare/LICENSE"), doc.resolve("copyright"));
    Files.move(root.resolve("usr/lib/tare/CHANGELOG.md"), doc.resolve("changelog.md"));
    return root;
  }

  private Path onlyHome(Path home) throws IOException {
    Path root = target.resolve("stage/layer");
    Files.createDirectories(root.resolve("usr/lib"));
    copyTree(home, root.resolve("usr/lib/tare"));
    return root;
  }

  /** What Tare needs below it: a shell for its launcher, and the C library of the machine that builds. */
  private Path base(Path home) throws IOException, InterruptedException {
    Path root = target.resolve("stage/base");
    for (String folder : List.of("bin", "etc", "proc", "sys", "tmp", "root")) {
      Files.createDirectories(root.resolve(folder));
    }
    Path shell = Path.of("/bin/sh").toRealPath();
    Files.copy(shell, root.resolve("bin/sh"));
    Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
    Files.writeString(root.resolve("etc/group"), "root:x:0:\n");
    for (String library : libraries(home, shell)) {
      Path to = root.resolve(library.substring(1));
      Files.createDirectories(to.getParent());
      Files.copy(Path.of(library).toRealPath(), to);
    }
    return root;
  }

  private static Iterable<String> libraries(Path home, Path shell) throws IOException, InterruptedException {
    TreeSet<String> libraries = new TreeSet<>();
    try (Stream<Path> walk = Files.walk(home.resolve("runtime"))) {
      List<Path> programs = Stream
          .concat(Stream.of(shell), walk.filter(path -> path.toString().endsWith(".so") || path.endsWith("bin/java")))
          .toList();
      for (Path program : programs) {
        Matcher names = LIBRARY.matcher(ClassData.run(List.of("ldd", program.toString())));
        while (names.find()) {
          String name = names.group(1);
          if (!name.startsWith(home.toString())) {
            libraries.add(name);
          }
        }
      }
    }
    return libraries;
  }

  static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path path : walk.toList()) {
        Path copy = to.resolve(from.relativize(path).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(path, copy, LinkOption.NOFOLLOW_LINKS,
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(packages.resolve(name), content);
    System.out.printf(Locale.ROOT, "%-32s %5.1f MB%n", name, content.length / 1e6);
  }

  static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
