package io.langfuse4j.examples.helpdesk.policies;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the policies from {@code policies.md}: a heading each, and a paragraph under it. */
public final class PolicyLibrary {
  private static final String RESOURCE = "policies.md";
  private static final Pattern HEADING = Pattern.compile("^## ", Pattern.MULTILINE);

  private PolicyLibrary() {}

  public static List<Policy> load() {
    return HEADING.splitAsStream(read()).skip(1).map(PolicyLibrary::policy).toList();
  }

  private static Policy policy(String section) {
    int endOfTitle = section.indexOf('\n');
    return new Policy(
        section.substring(0, endOfTitle).strip(), section.substring(endOfTitle).strip());
  }

  private static String read() {
    try (InputStream in = PolicyLibrary.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
