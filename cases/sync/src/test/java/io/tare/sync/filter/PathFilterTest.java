package io.tare.sync.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathFilterTest {
  /** The examples of rclone's page on filters, row by row. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"file.jpg|file.jpg|afile.jpg", "file.jpg|directory/file.jpg|directory/afile.jpg",
      "/file.jpg|file.jpg|afile.jpg", "/file.jpg|file.jpg|directory/file.jpg", "potato|potato|POTATO",
      "*.jpg|file.jpg|file.png", "*.jpg|dir/file.jpg|dir/file.png", "/*.jpg|file.jpg|file.png",
      "/*.jpg|file2.jpg|dir/file.jpg", "*.{jpg,png}|file.jpg|file.gif", "*.{jpg,png}|dir/file.png|dir/file.gif",
      "dir/**|dir/anyfile|file.png", "dir/**|subdir/dir/subsubdir/anyfile|subdir/file.png",
      "*.t?t|file.txt|file.qxt", "*.t?t|dir/file.tzt|dir/file.png", "*.[a-z]|file.a|file.0",
      "*.[a-z]|dir/file.b|dir/file.1", "*.\\?\\?\\?|file.???|file.abc", "*.\\?\\?\\?|dir/file.???|dir/file.def",
      "*.\\d\\d\\d|file.012|file.abc", "*.\\d\\d\\d|dir/file.345|dir/file.def", "*.{{jpe?g}}|file.jpeg|file.png",
      "*.{{jpe?g}}|dir/file.jpg|dir/file.jpeeg", "/{{.*\\.jpe?g}}|file.jpeg|file.png",
      "*.{{(?i)jpg}}|file.JPG|file.png", "{{start[^/]*end\\.jpg}}|start-end.jpg|start/end.jpg",
      "*\\[{JP,KR,HK}\\]*|song [JP].mp3|song JP.mp3", "{dir1/**,dir2/**}|dir2/a|dir3/a"})
  void aPatternMatchesWhatRcloneDocuments(String glob, String matches, String doesNot) throws BadFilter {
    PathFilter only = including(glob);
    assertThat(only.isIn(matches)).as(matches).isTrue();
    assertThat(only.isIn(doesNot)).as(doesNot).isFalse();
    PathFilter without = excluding(glob);
    assertThat(without.isIn(matches)).as(matches).isFalse();
    assertThat(without.isIn(doesNot)).as(doesNot).isTrue();
  }

  @Test
  void theFirstRuleThatMatchesDecides() throws BadFilter {
    PathFilter.Builder rules = new PathFilter.Builder();
    rules.rule("- /dir1/");
    rules.rule("- /dir2/");
    rules.rule("+ *.pdf");
    rules.rule("- **");
    PathFilter filter = rules.build();
    assertThat(filter.isIn("file1.pdf")).isTrue();
    assertThat(filter.isIn("other/file1.pdf")).isTrue();
    assertThat(filter.isIn("file1.txt")).isFalse();
    assertThat(filter.isIn("dir1/file.pdf")).isFalse();
    assertThat(filter.isIn("dir2/deep/file.pdf")).isFalse();
    assertThat(filter.mayHoldSome("dir1/")).isFalse();
    assertThat(filter.mayHoldSome("other/")).isTrue();
  }

  @Test
  void includesComeBeforeExcludesAndThoseBeforeFiltersHoweverTheyAreTyped() throws BadFilter {
    PathFilter.Builder rules = new PathFilter.Builder();
    rules.rule("- keep.txt");
    rules.exclude("*.jpg");
    rules.include("/album/**");
    PathFilter filter = rules.build();
    assertThat(filter.isIn("album/a.jpg")).isTrue();
    assertThat(filter.isIn("album/keep.txt")).isTrue();
    assertThat(filter.isIn("a.jpg")).isFalse();
    assertThat(filter.isIn("a.txt")).as("an include leaves out all that nothing matches").isFalse();
  }

  @Test
  void aDirectoryRuleBringsNothingByItselfAndLeavesOutAllThatIsInside() throws BadFilter {
    assertThat(including("/directory/").isIn("directory/file")).isFalse();
    assertThat(excluding("directory/").isIn("a/directory/b/file")).isFalse();
    assertThat(excluding("directory/").isIn("a/directory.txt")).isTrue();
  }

  @Test
  void anExclamationMarkForgetsTheRulesSoFar() throws BadFilter {
    PathFilter.Builder rules = new PathFilter.Builder();
    rules.rule("- *.jpg");
    rules.rule("!");
    rules.rule("- *.png");
    assertThat(rules.build().isIn("a.jpg")).isTrue();
    assertThat(rules.build().isIn("a.png")).isFalse();
  }

  @Test
  void directoriesThatCanNotHoldAnythingAreNotListed() throws BadFilter {
    assertThat(including("/a/*.jpg").mayHoldSome("a/")).isTrue();
    assertThat(including("/a/*.jpg").mayHoldSome("b/")).isFalse();
    assertThat(including("/a/b/**").mayHoldSome("a/")).isTrue();
    assertThat(including("/a/b/**").mayHoldSome("a/b/c/")).isTrue();
    assertThat(including("*.jpg").mayHoldSome("anywhere/")).isTrue();
    assertThat(excluding("/a/**").mayHoldSome("a/")).isFalse();
    assertThat(excluding("/a/*").mayHoldSome("a/")).as("a file deeper is not excluded").isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a***b", "{a", "a}", "{a{b}}", "[a", "a]", "a\\", "{{a", ""})
  void aPatternThatIsNotOneIsRefused(String glob) {
    assertThatThrownBy(() -> including(glob)).isInstanceOf(BadFilter.class);
  }

  private static PathFilter including(String glob) throws BadFilter {
    PathFilter.Builder rules = new PathFilter.Builder();
    rules.include(glob);
    return rules.build();
  }

  private static PathFilter excluding(String glob) throws BadFilter {
    PathFilter.Builder rules = new PathFilter.Builder();
    rules.exclude(glob);
    return rules.build();
  }
}
