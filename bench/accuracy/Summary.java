/** How the whole run went. */
final class Summary {
  private static final int BROKEN = 1;
  private static final int COULD_NOT_MEASURE = 3;
  private int readings;
  private int readingsWithin;
  private int checks;
  private int checksBroken;
  private int skipped;
  private int failed;

  void add(Judgement judgement) {
    readings++;
    readingsWithin += judgement.broken().isEmpty() ? 1 : 0;
    checks += judgement.checks().size();
    checksBroken += judgement.broken().size();
  }

  void skip() {
    skipped++;
  }

  void fail() {
    failed++;
  }

  int exitCode() {
    if (checksBroken > 0) {
      return BROKEN;
    }
    return failed > 0 || readings == 0 ? COULD_NOT_MEASURE : 0;
  }

  String text() {
    return readingsWithin + " of " + readings + " readings keep every promise; " + checksBroken + " of " + checks
        + " comparisons broken; " + failed + " failed; " + skipped + " skipped";
  }
}
