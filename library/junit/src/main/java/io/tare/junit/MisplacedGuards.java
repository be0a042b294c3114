package io.tare.junit;

import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Refuses a run whose guards stand where JUnit carries them out for no test: on a {@code @BeforeEach}, on a method that is none. In a
 * class without any other guard nothing else would notice. Excludes nothing.
 */
public final class MisplacedGuards implements PostDiscoveryFilter {
  /** JUnit's launcher makes it. */
  public MisplacedGuards() {}

  @Override
  public FilterResult apply(TestDescriptor test) {
    if (test.getSource().orElse(null) instanceof ClassSource source) {
      try {
        Annotations.mustStandOnTests(source.getJavaClass());
      } catch (ExtensionConfigurationException misplaced) {
        throw new ExtensionConfigurationException(source.getClassName() + ": " + misplaced.getMessage(), misplaced);
      }
    }
    return FilterResult.included("");
  }
}
