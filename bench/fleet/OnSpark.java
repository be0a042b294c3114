import com.sun.management.OperatingSystemMXBean;
import io.tare.fleet.ask.Asking;
import io.tare.fleet.ask.Asking.Scope;
import io.tare.fleet.ask.Question;
import io.tare.fleet.ask.SparkSql;
import io.tare.fleet.store.Database;
import io.tare.fleet.store.FleetFolder;
import io.tare.fleet.store.Views;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.sql.SparkSession;

/** All questions to a fleet, put to Spark one after the other in this process: what each costs, and the start before them. */
public class OnSpark {
  private static final OperatingSystemMXBean PROCESS = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  public static void main(String[] words) throws Exception {
    FleetFolder folder = FleetFolder.open(Path.of(words[0]));
    Asking asking;
    try (Database database = Database.open(256, 1)) {
      asking = Asking.of(folder, new Scope(Duration.ofDays(30), "", 0.004, 1.15), database);
    }
    SparkSession spark = SparkSession.builder().master("local[" + words[1] + "]").config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4").config("spark.sql.session.timeZone", "UTC").config("spark.local.dir", words[2] + "/spark")
        .config("spark.sql.warehouse.dir", words[2] + "/warehouse").config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1").getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    for (String statement : SparkSql.views(new Views(folder), asking.window(), "")) {
      spark.sql(statement);
    }
    System.out.printf("start %.2f%n", PROCESS.getProcessCpuTime() / 1e9);
    for (Question question : Question.ALL) {
      long before = PROCESS.getProcessCpuTime();
      var rows = spark.sql(asking.window().fill(question.sql())).collectAsList();
      System.out.printf("%s %.2f %d rows%n", question.name(), (PROCESS.getProcessCpuTime() - before) / 1e9, rows.size());
    }
    spark.stop();
  }
}
