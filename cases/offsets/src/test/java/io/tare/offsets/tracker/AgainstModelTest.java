package io.tare.offsets.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.offsets.tracker.Call.Kind;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Long random histories of one thread: every answer is the model's, over many laps of a small ring. */
class AgainstModelTest {
  private static final int CALLS = 40_000;
  /** What has no bound grows with every call, and the model copies all of it. */
  private static final int CALLS_WITHOUT_A_BOUND = 10_000;

  @ParameterizedTest
  @MethodSource("io.tare.offsets.tracker.LinearizabilityTest#everyTracker")
  void everyAnswerIsTheModels(LinearizabilityTest.Subject subject) {
    Seed seed = Seed.printed();
    RandomGenerator random = seed.random(0);
    OffsetTracker tracker = subject.create().apply(17);
    Model model = Model.startingAt(17, subject.windowWords());
    int calls = subject.windowWords() == Model.ENDLESS ? CALLS_WITHOUT_A_BOUND : CALLS;
    for (int i = 0; i < calls; i++) {
      Call call = call(model, random);
      Model.Step step = model.apply(call);
      assertThat(call.on(tracker)).as("call %d of seed %d: %s in %s", i, seed.value(), call, model)
          .isEqualTo(step.result());
      model = step.after();
    }
  }

  private static Call call(Model model, RandomGenerator random) {
    long near = model.last() - random.nextInt(120);
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> new Call(Kind.APPEND, model.last() + 1 + (random.nextInt(10) == 0 ? random.nextInt(300) : 0));
      case 3, 4, 5 -> new Call(Kind.DONE, near);
      case 6 -> new Call(Kind.DONE, model.inFlight().isEmpty() ? near : model.inFlight().first());
      case 7 -> new Call(Kind.COMMIT, 0);
      case 8 -> new Call(Kind.APPEND, near);
      default -> new Call(Kind.READ, near + 60);
    };
  }
}
