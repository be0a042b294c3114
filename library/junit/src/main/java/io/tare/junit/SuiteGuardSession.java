package io.tare.junit;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Makes {@code -Dtare.guard} enough to guard a whole suite: it lets JUnit find {@link MemoryGuardExtension} by itself. Does nothing
 * without that property.
 */
public final class SuiteGuardSession implements LauncherSessionListener {
  private static final String AUTODETECTION = "junit.jupiter.extensions.autodetection.enabled";

  /** JUnit's launcher makes it. */
  public SuiteGuardSession() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (Budget.ofTheProcess().isOn() && System.getProperty(AUTODETECTION) == null) {
      System.setProperty(AUTODETECTION, "true");
    }
  }
}
