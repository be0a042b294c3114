import io.tare.cases.faults.overtime.Story;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LeakVerdict.Answer;
import io.tare.model.history.SeriesVerdict;
import java.util.List;
import java.util.Locale;

/** One story judged. */
record Outcome(Story story, int jdk, String collector, int readings, int ledgers, LeakVerdict verdict) {
  static final String HEADING = String.format("%-24s %3s %-10s %8s %7s  %-12s %-8s %s", "story", "jdk", "collector", "readings",
      "ledgers", "answer", "", "what grows, against the truth");

  /** What comes with a leak of the account: its objects, its metadata, ZGC's maps of the pages that are added. */
  private static List<String> companions(String account) {
    return switch (account) {
      case "classes" -> List.of("heap.live", "malloc.used", "malloc.mmapped");
      case "threads" -> List.of("heap.live", "malloc.used", "malloc.mmapped");
      case "malloc" -> List.of("heap.live");
      case "heap.live" -> List.of("malloc.used");
      default -> List.of();
    };
  }

  boolean isLeaky() {
    return !story.leaks().isEmpty();
  }

  boolean isFound() {
    return story.leaks().keySet().stream()
        .allMatch(account -> verdict.leaking().stream().anyMatch(id -> id.startsWith(account)));
  }

  /** Whether something is told to leak that does not. */
  boolean isFalseAlarm() {
    return verdict.leaking().stream().anyMatch(id -> story.leaks().keySet().stream()
        .noneMatch(account -> id.startsWith(account) || companions(account).contains(id)));
  }

  boolean isOpen() {
    return verdict.answer() == Answer.CANNOT_TELL;
  }

  String row() {
    String grade = isFalseAlarm() ? "ALARM" : isLeaky() ? isFound() ? "found" : "MISSED" : isOpen() ? "open" : "healthy";
    StringBuilder grown = new StringBuilder();
    for (SeriesVerdict course : verdict.courses()) {
      if (course.isLeak()) {
        course.perHour().ifPresent(rate -> grown.append(course.id()).append(' ').append(each(rate.estimate())).append(" ± ")
            .append(each(rate.error())).append(" a minute; "));
      }
    }
    story.leaks().forEach((id, truth) -> grown.append("truth: ").append(id).append(' ').append(number(truth)));
    return String.format("%-24s %3d %-10s %8d %7d  %-12s %-8s %s", story.name() + (story.heldOut() ? "*" : ""), jdk, collector, readings, ledgers,
        verdict.answer(), grade, grown);
  }

  private String each(double perHour) {
    return number(perHour / 60);
  }

  private static String number(double value) {
    return Math.abs(value) < 10_000
        ? String.format(Locale.ROOT, "%.2f", value)
        : String.format(Locale.ROOT, "%.0f KB", value / 1024);
  }

  String details() {
    StringBuilder text = new StringBuilder("    " + verdict.summary() + "\n");
    verdict.courses().forEach(course -> text.append("    ").append(course.id()).append(' ').append(course.direction())
        .append(": ").append(course.words()).append('\n'));
    return text.toString();
  }
}
