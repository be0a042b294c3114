import com.sun.management.OperatingSystemMXBean;
import io.tare.fleet.ask.Asking;
import io.tare.fleet.ask.Asking.Scope;
import io.tare.fleet.ask.Question;
import io.tare.fleet.ask.SparkSql;
import io.tare.fleet.ask.Window;
import io.tare.fleet.schema.Table;
import io.tare.fleet.store.Database;
import io.tare.fleet.store.FleetFolder;
import io.tare.fleet.store.Views;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * All questions to a fleet, put to Spark one after the other in this process: what each costs, and the start before them. The fleet may be read
 * several times, each time as other nodes with other processes: {@code OnSpark FLEET THREADS WORK COPIES}.
 */
public class OnSpark {
  private static final OperatingSystemMXBean PROCESS = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  public static void main(String[] words) throws Exception {
    FleetFolder folder = FleetFolder.open(Path.of(words[0]));
    Path work = Path.of(words[2]);
    int copies = Integer.parseInt(words[3]);
    Path answers = Path.of(words[4]);
    Set<String> known = Files.exists(answers) ? Files.readAllLines(answers).stream().map(line -> line.split(" ")[0]).collect(Collectors.toSet()) : Set.of();
    Window window;
    try (Database database = Database.open(256, 1)) {
      window = Asking.of(folder, new Scope(Duration.ofDays(30), "", 0.004, 1.15), database).window();
    }
    SparkSession spark = SparkSession.builder().master("local[" + words[1] + "]").config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4").config("spark.sql.session.timeZone", "UTC").config("spark.local.dir", work + "/spark")
        .config("spark.sql.warehouse.dir", work + "/warehouse").config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1").getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    Views views = new Views(folder);
    for (String statement : copies == 1 ? SparkSql.views(views, window, "") : views(views, window, work.resolve("copies-" + copies), copies)) {
      spark.sql(statement);
    }
    add(answers, String.format(Locale.ROOT, "start %.2f", PROCESS.getProcessCpuTime() / 1e9));
    for (Question question : Question.ALL.stream().filter(question -> !known.contains(question.name())).toList()) {
      long before = PROCESS.getProcessCpuTime();
      long begun = System.nanoTime();
      var rows = spark.sql(window.fill(question.sql())).collectAsList();
      add(answers, String.format(Locale.ROOT, "%s %.2f CPU s, %.1f s, %d rows, the first: %s", question.name(), (PROCESS.getProcessCpuTime() - before) / 1e9,
          (System.nanoTime() - begun) / 1e9, rows.size(), rows.stream().findFirst()));
    }
    spark.stop();
  }

  private static void add(Path answers, String line) throws IOException {
    Files.writeString(answers, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Each file under as many names, in folders that tell which copy it is: a table is all of them. */
  private static List<String> views(Views views, Window window, Path work, int copies) throws IOException {
    List<String> statements = new ArrayList<>();
    for (Table table : Table.ALL) {
      for (Path file : views.files(table, window.from(), window.to()).paths()) {
        for (int copy = 0; copy < copies; copy++) {
          Path link = work.resolve(table.name()).resolve("copy=" + copy).resolve(file.getParent().getFileName()).resolve(file.getFileName());
          Files.createDirectories(link.getParent());
          if (!Files.exists(link)) {
            Files.createLink(link, file);
          }
        }
      }
      statements.add("CREATE TEMPORARY VIEW " + table.name() + "_files (" + table.definition() + ", copy INT, day DATE) USING parquet OPTIONS (path "
          + Database.quoted(work.resolve(table.name()).toUri().toString()) + ")");
      String columns = table.columns().stream().map(column -> switch (column.name()) {
        case "node", "pod" -> column.name() + " || '-' || copy AS " + column.name();
        case "proc" -> "proc + copy * 1000003L AS proc";
        default -> column.name();
      }).collect(Collectors.joining(", "));
      statements.add("CREATE TEMPORARY VIEW " + table.name() + " AS SELECT " + columns + ", day FROM " + table.name() + "_files");
    }
    return statements;
  }
}
