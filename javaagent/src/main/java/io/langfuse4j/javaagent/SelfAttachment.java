package io.langfuse4j.javaagent;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.bytebuddy.agent.ByteBuddyAgent;

/**
 * Starts the agent in the running JVM, for applications whose command line cannot be changed. The
 * last resort: nothing does this unless the application calls it, newer JDKs warn of it (unless
 * started with {@code -XX:+EnableDynamicAgentLoading}) and some images have no means for it. Best
 * called first thing in {@code main}, before a {@code Langfuse} is built.
 */
public final class SelfAttachment {

  private static final Logger logger = Logger.getLogger("io.langfuse4j.javaagent");
  private static final AtomicBoolean attached = new AtomicBoolean();

  private SelfAttachment() {}

  /**
   * Attaches the agent, once. Classes that are loaded already are woven too. Takes about a second,
   * because the JVM lets itself be attached to by another process only. Thread-safe.
   *
   * @return whether the agent is at work; if not, the log says why, and the application runs
   *     unobserved
   */
  public static boolean attach() {
    if (AgentMain.isStarted() || attached.get()) {
      return true;
    }
    try {
      ByteBuddyAgent.attach(agentJar().toFile(), String.valueOf(ProcessHandle.current().pid()));
      attached.set(true);
      return true;
    } catch (IOException | RuntimeException | LinkageError e) {
      logger.log(
          Level.WARNING,
          "The Langfuse agent could not attach itself, so nothing is woven: start the application"
              + " with -javaagent:langfuse4j-javaagent.jar, or weave it at build time.",
          e);
      return false;
    }
  }

  /** The jar this class comes from; a copy of it if it is inside another jar. */
  private static Path agentJar() throws IOException {
    CodeSource source = SelfAttachment.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IOException("the agent's jar is not known");
    }
    URL location = source.getLocation();
    if (location.getProtocol().equals("file")) {
      try {
        Path file = Path.of(location.toURI());
        if (Files.isRegularFile(file)) {
          return file;
        }
      } catch (URISyntaxException e) {
        throw new IOException(e);
      }
      throw new IOException(location + " is not a jar");
    }
    Path copy = Files.createTempFile("langfuse4j-javaagent", ".jar");
    copy.toFile().deleteOnExit();
    try (InputStream in = location.openStream()) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }
}
