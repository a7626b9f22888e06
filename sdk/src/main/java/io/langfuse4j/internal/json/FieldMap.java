package io.langfuse4j.internal.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, in the order in which they were put. Behaves as {@link
 * LinkedHashMap} and takes a third of its room, because a handful of names needs no table to be
 * found; it becomes one when there are many. Each model call reads a dozen such objects.
 *
 * <p>Not thread-safe.
 *
 * @param <V> the values
 */
public final class FieldMap<V extends @Nullable Object> extends AbstractMap<String, V> {

  private static final int MANY = 24;
  private static final int FIRST = 4;
  private static final @Nullable Object[] NONE = {};

  /** Names and values by turns. */
  private @Nullable Object[] fields = NONE;

  private int size;

  /** All fields, once there are many. */
  private @Nullable Map<String, V> table;

  /** No fields. */
  public FieldMap() {}

  @Override
  public int size() {
    return table == null ? size : table.size();
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return table == null ? find(key) >= 0 : table.containsKey(key);
  }

  @Override
  public @Nullable V get(@Nullable Object key) {
    if (table != null) {
      return table.get(key);
    }
    int index = find(key);
    return index < 0 ? null : value(index);
  }

  @Override
  public @Nullable V put(String key, V value) {
    if (table != null) {
      return table.put(key, value);
    }
    int index = find(key);
    if (index >= 0) {
      V before = value(index);
      fields[2 * index + 1] = value;
      return before;
    }
    if (size == MANY) {
      table = new LinkedHashMap<>(this);
      fields = NONE;
      return table.put(key, value);
    }
    if (2 * size == fields.length) {
      fields = Arrays.copyOf(fields, Math.max(2 * FIRST, 4 * size));
    }
    fields[2 * size] = key;
    fields[2 * size + 1] = value;
    size++;
    return null;
  }

  @Override
  public @Nullable V remove(@Nullable Object key) {
    if (table != null) {
      return table.remove(key);
    }
    int index = find(key);
    if (index < 0) {
      return null;
    }
    V before = value(index);
    removeAt(index);
    return before;
  }

  @Override
  public void clear() {
    fields = NONE;
    size = 0;
    table = null;
  }

  @Override
  public Set<Entry<String, V>> entrySet() {
    return table == null ? new Entries() : table.entrySet();
  }

  /** The entries, each of them valid until the next one is asked for. */
  Iterator<? extends Entry<?, ?>> passing() {
    return table == null ? new Passing() : table.entrySet().iterator();
  }

  private int find(@Nullable Object key) {
    for (int i = 0; i < size; i++) {
      if (Objects.equals(fields[2 * i], key)) {
        return i;
      }
    }
    return -1;
  }

  @SuppressWarnings("NullAway") // only names are put there
  private String name(int index) {
    return (String) fields[2 * index];
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // only values are put there
  private V value(int index) {
    return (V) fields[2 * index + 1];
  }

  private void removeAt(int index) {
    size--;
    System.arraycopy(fields, 2 * (index + 1), fields, 2 * index, 2 * (size - index));
    Arrays.fill(fields, 2 * size, 2 * size + 2, null);
  }

  /** The view while there is no table. */
  private final class Entries extends AbstractSet<Entry<String, V>> {

    @Override
    public int size() {
      return FieldMap.this.size();
    }

    @Override
    public Iterator<Entry<String, V>> iterator() {
      return new Lasting();
    }
  }

  private final class Lasting implements Iterator<Entry<String, V>> {

    private int next;

    @Override
    public boolean hasNext() {
      return next < size;
    }

    @Override
    public Entry<String, V> next() {
      if (next >= size) {
        throw new NoSuchElementException();
      }
      return new Field(next++);
    }

    @Override
    public void remove() {
      removeAt(--next);
    }
  }

  private final class Field extends SimpleEntry<String, V> {

    private static final long serialVersionUID = 1;

    Field(int index) {
      super(name(index), value(index));
    }

    @Override
    public V setValue(V value) {
      put(getKey(), value);
      return super.setValue(value);
    }
  }

  /** Iterator and entry in one. */
  private final class Passing implements Iterator<Entry<String, V>>, Entry<String, V> {

    private int at = -1;

    @Override
    public boolean hasNext() {
      return at + 1 < size;
    }

    @Override
    public Entry<String, V> next() {
      at++;
      return this;
    }

    @Override
    public String getKey() {
      return name(at);
    }

    @Override
    public V getValue() {
      return value(at);
    }

    @Override
    public V setValue(V value) {
      throw new UnsupportedOperationException();
    }
  }
}
