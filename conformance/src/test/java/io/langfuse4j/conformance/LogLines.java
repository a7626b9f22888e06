package io.langfuse4j.conformance;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything the SDK logs while this is open, as a console would show it. */
final class LogLines extends Handler implements AutoCloseable {

  private final Logger logger = Logger.getLogger("io.langfuse4j");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  LogLines() {
    setLevel(Level.ALL);
    logger.addHandler(this);
  }

  List<String> all() {
    return List.copyOf(lines);
  }

  List<String> containing(String text) {
    return lines.stream().filter(line -> line.contains(text)).toList();
  }

  @Override
  public void publish(LogRecord record) {
    StringWriter text = new StringWriter();
    text.append(new SimpleFormatter().formatMessage(record));
    if (record.getThrown() != null) {
      record.getThrown().printStackTrace(new PrintWriter(text, true));
    }
    lines.add(text.toString());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(null);
  }
}
