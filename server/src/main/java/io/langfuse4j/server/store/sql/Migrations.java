package io.langfuse4j.server.store.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.ConnectionProvider;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.MigrationLoader;
import org.apache.ibatis.migration.MigrationReader;
import org.apache.ibatis.migration.operations.PendingOperation;
import org.apache.ibatis.migration.operations.UpOperation;
import org.apache.ibatis.migration.options.DatabaseOperationOption;

/**
 * The scripts that bring a database to the newest schema. They run through MyBatis Migrations, each
 * in a transaction; the table {@code changelog}, which the first of them makes, lists all that ran.
 * A script whose number is lower than others that ran already is run nevertheless.
 */
public final class Migrations {
  private final Class<?> home;
  private final List<String> scripts;

  /**
   * @param home beside whose class the folder {@code migrations} is
   * @param scripts in the order of the numbers that their names begin with
   */
  public Migrations(Class<?> home, List<String> scripts) {
    this.home = home;
    this.scripts = List.copyOf(scripts);
  }

  public int count() {
    return scripts.size();
  }

  /** The number that a database has which ran all scripts. */
  public int newest() {
    return number(scripts.get(scripts.size() - 1));
  }

  /** Numbers of the scripts that the database lists. */
  public static Set<Integer> listed(Connection connection) throws SQLException {
    Set<Integer> listed = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT ID FROM changelog")) {
      while (row.next()) {
        listed.add(row.getInt(1));
      }
    }
    return listed;
  }

  /**
   * Runs the scripts that have not run.
   *
   * @param ran empty if there are no tables at all
   * @throws MigrationException if one failed
   */
  public void run(Set<Integer> ran, ConnectionProvider provider) {
    List<String> pending = scripts.stream().filter(name -> !ran.contains(number(name))).toList();
    if (pending.isEmpty()) {
      return;
    }
    DatabaseOperationOption option = new DatabaseOperationOption();
    option.setStopOnError(true);
    Loader loader = new Loader(home, pending);
    if (ran.isEmpty()) {
      new UpOperation().operate(provider, loader, option, quiet());
    } else {
      new PendingOperation().operate(provider, loader, option, quiet());
    }
  }

  private static int number(String script) {
    return Integer.parseInt(script.substring(0, script.indexOf('_')));
  }

  private static PrintStream quiet() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  /** Knows only what has not run: what committed just before a crash is not run again. */
  private record Loader(Class<?> home, List<String> pending) implements MigrationLoader {
    @Override
    public List<Change> getMigrations() {
      List<Change> changes = new ArrayList<>();
      for (String name : pending) {
        Change change = new Change(BigDecimal.valueOf(number(name)));
        change.setDescription(name);
        change.setFilename(name);
        changes.add(change);
      }
      return changes;
    }

    @Override
    public Reader getScriptReader(Change change, boolean undo) {
      try {
        return new MigrationReader(open(change.getFilename()), "UTF-8", undo, new Properties());
      } catch (IOException e) {
        throw new MigrationException("Cannot read " + change.getFilename(), e);
      }
    }

    @Override
    public Reader getBootstrapReader() {
      return new InputStreamReader(InputStream.nullInputStream(), StandardCharsets.UTF_8);
    }

    @Override
    public Reader getOnAbortReader() {
      return new InputStreamReader(InputStream.nullInputStream(), StandardCharsets.UTF_8);
    }

    private InputStream open(String name) throws IOException {
      InputStream stream = home.getResourceAsStream("migrations/" + name);
      if (stream == null) {
        throw new IOException("No migration " + name + " on the class path");
      }
      return stream;
    }
  }
}
