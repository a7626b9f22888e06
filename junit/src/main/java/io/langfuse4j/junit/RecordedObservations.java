package io.langfuse4j.junit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The observations that ended so far, in the order in which they began. A snapshot; immutable. */
public final class RecordedObservations {

  private final List<RecordedObservation> observations;

  RecordedObservations(List<RecordedObservation> observations) {
    List<RecordedObservation> sorted = new ArrayList<>(observations);
    sorted.sort(Comparator.comparingLong(each -> each.span().getStartEpochNanos()));
    this.observations = List.copyOf(sorted);
  }

  public List<RecordedObservation> all() {
    return observations;
  }

  public List<RecordedObservation> named(String name) {
    return observations.stream().filter(each -> each.name().equals(name)).toList();
  }

  /**
   * The one observation of that name.
   *
   * @throws AssertionError if there is none, or more than one
   */
  public RecordedObservation one(String name) {
    List<RecordedObservation> found = named(name);
    if (found.size() != 1) {
      throw new AssertionError(
          found.size() + " observations are named " + name + ", expected one of:\n" + tree());
    }
    return found.get(0);
  }

  /** Those without a parent among the recorded ones. */
  public List<RecordedObservation> roots() {
    Set<String> ids = new HashSet<>();
    observations.forEach(each -> ids.add(each.id()));
    return observations.stream().filter(each -> !ids.contains(each.parentId())).toList();
  }

  public List<RecordedObservation> childrenOf(RecordedObservation parent) {
    return observations.stream().filter(each -> each.parentId().equals(parent.id())).toList();
  }

  /** A line for each, {@code type name}, children indented by two blanks. */
  public String tree() {
    StringBuilder tree = new StringBuilder();
    roots().forEach(root -> append(tree, "", root));
    return tree.toString().stripTrailing();
  }

  private void append(StringBuilder tree, String margin, RecordedObservation observation) {
    tree.append(margin).append(observation).append('\n');
    childrenOf(observation).forEach(child -> append(tree, margin + "  ", child));
  }

  @Override
  public String toString() {
    return tree();
  }
}
