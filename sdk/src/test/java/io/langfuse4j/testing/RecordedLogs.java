package io.langfuse4j.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the SDK logs between its creation and its close, and nothing of it on the console. */
public final class RecordedLogs implements AutoCloseable {

  private final Logger logger = Logger.getLogger("io.langfuse4j");
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final boolean parentHandlers = logger.getUseParentHandlers();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  public RecordedLogs() {
    this(false);
  }

  private RecordedLogs(boolean console) {
    logger.addHandler(handler);
    logger.setUseParentHandlers(console && parentHandlers);
  }

  /** Records, and leaves on the console what belongs there. */
  public static RecordedLogs besideTheConsole() {
    return new RecordedLogs(true);
  }

  /** Messages at INFO and above, in order. */
  public List<String> messages() {
    return at(Level.INFO);
  }

  /** Messages at WARNING and above, in order. */
  public List<String> warnings() {
    return at(Level.WARNING);
  }

  private List<String> at(Level level) {
    return records.stream()
        .filter(record -> record.getLevel().intValue() >= level.intValue())
        .map(LogRecord::getMessage)
        .toList();
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(parentHandlers);
  }
}
