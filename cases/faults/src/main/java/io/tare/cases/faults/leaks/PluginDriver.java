package io.tare.cases.faults.leaks;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A driver that can connect to nothing. Its class has what an application has in its classes: a cache. */
public final class PluginDriver implements Driver {
  private static final byte[] CACHE = new byte[Leaks.MANY * Leaks.EACH_BYTES / 20];

  /** To be called once in every loader. */
  public static void register() throws SQLException {
    DriverManager.registerDriver(new PluginDriver());
  }

  @Override
  public @Nullable Connection connect(String url, Properties info) {
    return null;
  }

  @Override
  public boolean acceptsURL(String url) {
    return false;
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return CACHE.length;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }
}
