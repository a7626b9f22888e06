package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.model.Prompt;
import io.langfuse4j.server.model.Prompt.Reference;
import io.langfuse4j.server.store.PromptStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts prompts into prompts where their texts refer to one another, and remembers which was put
 * where. Confined to one request.
 */
final class PromptGraph {
  private static final int DEEPEST = 5;

  /** Texts that refer to texts that refer to texts grow fast; no model reads more than this. */
  private static final int LONGEST = 16 << 20;

  private static final Pattern REFERENCE =
      Pattern.compile("@@@langfusePrompt:name=([^|@]+)\\|(version=(\\d{1,9})|label=([^@|]+))@@@");

  private final PromptStore store;
  private final String project;
  private final Map<String, List<Prompt>> used = new LinkedHashMap<>();
  private final Map<Reference, Prompt> found = new HashMap<>();
  private final Map<Resolved, String> resolved = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private long length;

  PromptGraph(PromptStore store, String project) {
    this.store = store;
    this.project = project;
  }

  /** What a content refers to, each once. */
  static List<Reference> references(JsonNode content) {
    Set<Reference> references = new LinkedHashSet<>();
    texts(
        content,
        text -> {
          Matcher matcher = REFERENCE.matcher(text);
          while (matcher.find()) {
            references.add(reference(matcher));
          }
          return text;
        });
    return List.copyOf(references);
  }

  private static Reference reference(Matcher matcher) {
    String version = matcher.group(3);
    return version == null
        ? Reference.label(matcher.group(1), matcher.group(4))
        : Reference.version(matcher.group(1), Integer.parseInt(version));
  }

  /**
   * The content with everything put in.
   *
   * @throws ApiException if something referred to is not there, is no text, or refers back
   */
  JsonNode resolve(String id, String name, int version, JsonNode content) {
    return resolve(id, name, version, content, name, id, 0);
  }

  private JsonNode resolve(
      String id,
      String name,
      int version,
      JsonNode content,
      String rootName,
      String rootId,
      int level) {
    if (level >= DEEPEST) {
      throw ApiException.invalidRequest("Maximum nesting depth exceeded (" + DEEPEST + ")");
    }
    if (open.contains(id) || (name.equals(rootName) && !id.equals(rootId))) {
      throw ApiException.invalidRequest(
          "Circular dependency detected involving prompt '" + name + "' version " + version);
    }
    open.add(id);
    JsonNode resolved =
        texts(content, text -> insert(text, id, used -> put(used, rootName, rootId, level + 1)));
    open.remove(id);
    return resolved;
  }

  private interface Insertion {
    String textOf(Prompt prompt);
  }

  private String insert(String text, String into, Insertion insertion) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      Prompt prompt = find(reference(matcher));
      List<Prompt> uses = used.computeIfAbsent(into, parent -> new ArrayList<>());
      if (uses.stream().noneMatch(use -> use.id().equals(prompt.id()))) {
        uses.add(prompt);
      }
      String inserted = insertion.textOf(prompt);
      length += inserted.length();
      if (length > LONGEST) {
        throw ApiException.invalidRequest(
            "The prompt exceeds " + LONGEST + " characters with everything that it refers to");
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(inserted));
    }
    return matcher.appendTail(result).toString();
  }

  private String put(Prompt prompt, String rootName, String rootId, int level) {
    Resolved key = new Resolved(prompt.id(), level);
    String known = resolved.get(key);
    if (known == null) {
      known =
          resolve(
                  prompt.id(),
                  prompt.name(),
                  prompt.version(),
                  content(prompt),
                  rootName,
                  rootId,
                  level)
              .asText();
      resolved.put(key, known);
    }
    return known;
  }

  /** A prompt that need not be resolved a second time at the same depth. */
  private record Resolved(String id, int level) {}

  private Prompt find(Reference reference) {
    Prompt known = found.get(reference);
    if (known != null) {
      return known;
    }
    String shown =
        reference.name()
            + " - "
            + (reference.version() == null
                ? "label " + reference.label()
                : "version " + reference.version());
    Prompt prompt = store.prompt(project, reference);
    if (prompt == null) {
      throw ApiException.invalidRequest("Prompt dependency not found: " + shown);
    }
    if (prompt.type() != Prompt.Type.TEXT) {
      throw ApiException.invalidRequest("Prompt dependency is not a text prompt: " + shown);
    }
    found.put(reference, prompt);
    return prompt;
  }

  static JsonNode content(Prompt prompt) {
    return Json.stored(prompt.content());
  }

  /** The same content with each of its texts replaced. */
  private static JsonNode texts(JsonNode content, UnaryOperator<String> change) {
    if (content.isTextual()) {
      return TextNode.valueOf(change.apply(content.textValue()));
    }
    if (content instanceof ArrayNode array) {
      ArrayNode changed = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> changed.add(texts(element, change)));
      return changed;
    }
    if (content instanceof ObjectNode object) {
      ObjectNode changed = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(field -> changed.set(field.getKey(), texts(field.getValue(), change)));
      return changed;
    }
    return content;
  }

  /** What was put where, as Langfuse shows it; null if nothing was. */
  @Nullable ObjectNode shown(Prompt root) {
    if (used.isEmpty()) {
      return null;
    }
    ObjectNode graph = JsonNodeFactory.instance.objectNode();
    node(graph.putObject("root"), root);
    ObjectNode dependencies = graph.putObject("dependencies");
    used.forEach(
        (into, prompts) -> {
          ArrayNode list = dependencies.putArray(into);
          prompts.forEach(prompt -> node(list.addObject(), prompt));
        });
    return graph;
  }

  private static void node(ObjectNode node, Prompt prompt) {
    node.put("name", prompt.name()).put("version", prompt.version()).put("id", prompt.id());
  }
}
