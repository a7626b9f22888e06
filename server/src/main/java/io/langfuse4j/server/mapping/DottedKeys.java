package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.otlp.Attributes;
import io.langfuse4j.server.otlp.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds {@code prefix.0.role}, {@code prefix.0.content} and so on into nested lists and objects.
 * The sender chooses indices and depth, so both are bounded.
 */
final class DottedKeys {
  private static final int MAX_SLOTS = 10_001;
  private static final int MAX_DEPTH = 64;
  private static final Set<String> REFUSED = Set.of("__proto__", "constructor", "prototype");

  /** A place in the tree: a value, places below it, or (from odd senders) both. */
  private static final class Place {
    private @Nullable JsonNode value;
    private final Map<String, Place> below = new LinkedHashMap<>();
    private boolean list = true;
    private int slots;
  }

  private final Place root = new Place();
  private int slotsLeft = MAX_SLOTS;

  private DottedKeys() {}

  static boolean isBelow(String key, String prefix) {
    return key.length() > prefix.length()
        && key.charAt(prefix.length()) == '.'
        && key.startsWith(prefix);
  }

  /** Whether the key itself or one below it is there. */
  static boolean isIn(Attributes attributes, String prefix) {
    return attributes.keys().stream().anyMatch(key -> key.equals(prefix) || isBelow(key, prefix));
  }

  /** The value of the bare key if it says anything, else what the keys below it say. */
  static JsonNode rebuild(Attributes attributes, String prefix) {
    JsonNode bare = attributes.get(prefix);
    if (bare != null && Json.isTruthy(bare)) {
      return bare;
    }
    DottedKeys keys = new DottedKeys();
    for (Map.Entry<String, JsonNode> attribute : attributes.entries()) {
      if (isBelow(attribute.getKey(), prefix) && !attribute.getValue().isNull()) {
        keys.add(attribute.getKey().substring(prefix.length() + 1), attribute.getValue());
      }
    }
    return keys.root.below.values().stream().allMatch(place -> place.below.isEmpty())
        ? toObject(keys.root)
        : toJson(keys.root);
  }

  private void add(String path, JsonNode value) {
    String[] segments = path.split("\\.", MAX_DEPTH);
    for (String segment : segments) {
      if (REFUSED.contains(segment)) {
        return;
      }
    }
    Place place = root;
    for (String segment : segments) {
      Place next = step(place, segment);
      if (next == null) {
        return;
      }
      place = next;
    }
    place.value = value;
  }

  /** The place below, made if need be; null when the list it belongs to may not grow that far. */
  private @Nullable Place step(Place place, String segment) {
    int index = indexOf(segment);
    String name = index >= 0 ? Integer.toString(index) : segment;
    Place known = place.below.get(name);
    if (known != null) {
      return known;
    }
    int growth = index < 0 ? 0 : Math.max(0, index + 1 - place.slots);
    if (growth > slotsLeft || index == Integer.MAX_VALUE) {
      return null;
    }
    slotsLeft -= growth;
    place.slots += growth;
    place.list &= index >= 0;
    Place made = new Place();
    place.below.put(name, made);
    return made;
  }

  /** The index, or -1 for a name; an index too long to be one is past every bound. */
  private static int indexOf(String segment) {
    boolean digits = !segment.isEmpty() && segment.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || (segment.length() > 1 && segment.startsWith("0"))) {
      return -1;
    }
    return segment.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(segment);
  }

  private static JsonNode toJson(Place place) {
    if (place.below.isEmpty() && place.value != null) {
      return place.value;
    }
    return place.list && place.value == null ? toArray(place) : toObject(place);
  }

  private static ArrayNode toArray(Place place) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(place.slots);
    for (int i = 0; i < place.slots; i++) {
      Place item = place.below.get(Integer.toString(i));
      if (item == null) {
        array.addNull();
      } else {
        array.add(toJson(item));
      }
    }
    return array;
  }

  private static ObjectNode toObject(Place place) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    if (place.value != null) {
      object.set("", place.value);
    }
    place.below.forEach((name, below) -> object.set(name, toJson(below)));
    return object;
  }
}
