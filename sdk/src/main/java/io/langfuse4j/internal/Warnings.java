package io.langfuse4j.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Says each thing once. What follows is counted by whoever asks, not repeated in the log.
 *
 * <p>Thread-safe. Bounded: after 1,000 different causes nothing more is said.
 */
public final class Warnings {

  private static final int MAX_CAUSES = 1_000;

  private static volatile boolean logsAreClosing;

  private final Logger logger;
  private final Level level;
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  public Warnings(Logger logger) {
    this(logger, Level.WARNING);
  }

  /** For what is to be known and is not wrong. */
  public Warnings(Logger logger, Level level) {
    this.logger = logger;
    this.level = level;
  }

  /** Logs {@code message} unless {@code cause} was already warned of. */
  public void once(String cause, String message) {
    once(cause, message, null);
  }

  /** As {@link #once(String, String)}, with the stack trace of {@code thrown} at FINE. */
  public void once(String cause, String message, @Nullable Throwable thrown) {
    if (said.size() < MAX_CAUSES && said.add(cause)) {
      say(logger, level, message);
      if (thrown != null) {
        logger.log(Level.FINE, message, thrown);
      }
    }
  }

  /**
   * From now on what nobody can log any more goes to standard error: the JDK's log manager takes
   * its handlers away as soon as the JVM begins to exit, which is when a short program learns that
   * its keys are wrong.
   */
  public static void logsAreClosing() {
    logsAreClosing = LogManager.getLogManager().getClass() == LogManager.class;
  }

  /** Logs {@code message}, or writes it to standard error if the JVM's exit took the log away. */
  public static void say(Logger logger, Level level, String message) {
    if (logsAreClosing && level.intValue() >= Level.WARNING.intValue() && !isHandled(logger)) {
      System.err.println(level.getName() + ": " + message);
    } else {
      logger.log(level, message);
    }
  }

  /** Whether somebody receives what the logger logs. */
  public static boolean isHandled(Logger logger) {
    for (Logger l = logger; l != null; l = l.getUseParentHandlers() ? l.getParent() : null) {
      if (l.getHandlers().length > 0) {
        return true;
      }
    }
    return false;
  }

  /** Lets everything be warned of again, after a recovery. */
  public void forgetAll() {
    said.clear();
  }
}
