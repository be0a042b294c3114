package io.tare.sync.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.sync.rewrite.CopyingRewrite;
import io.tare.sync.rewrite.Rewrite;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How many files are read at once, and how many written. */
class StateArgumentsTest {
  private static Rewrite rewrite(String... words) throws UsageException {
    return StateArguments.rewrite(Arguments.parse(List.of(words), Command.takes(StateArguments.OPTIONS, Set.of())));
  }

  @Test
  void copyingWritesHalfOfWhatItReadsUnlessItIsTold() throws UsageException {
    assertThat(rewrite("--variant", "copying", "--batch", "1k")).isEqualTo(new CopyingRewrite(1000, 500));
    assertThat(rewrite("--variant", "copying", "--batch", "1")).isEqualTo(new CopyingRewrite(1, 1));
    assertThat(rewrite("--variant", "copying", "--batch", "10k", "--write-batch", "1k"))
        .isEqualTo(new CopyingRewrite(10_000, 1000));
    assertThatThrownBy(() -> rewrite("--variant", "copying", "--write-batch", "0")).isInstanceOf(UsageException.class)
        .hasMessageContaining("--write-batch");
  }
}
