package io.langfuse4j.server.store.sqlite.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.sqlite.query.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeamTest {
  private static final int SPARE = 2;
  private static final int ROUNDS = 500;

  @TempDir private Path folder;
  private final Commits commits = new Commits();
  private Connection writing;
  private Readers readers;

  @BeforeEach
  void open() throws SQLException {
    Database database = new Database(folder.resolve("a.db"), folder.resolve("search.db"));
    writing = database.openForWriting();
    database.openIndex().close();
    readers = new Readers(database::openForReading, commits, 4, SPARE);
  }

  @AfterEach
  void close() throws SQLException {
    readers.close();
    writing.close();
  }

  private static long projects(Connection connection) throws SQLException {
    return Sql.rows(connection, "SELECT count(*) FROM project", row -> row.getLong(1)).get(0);
  }

  private List<Long> counts(Set<Connection> used) {
    return readers.readTogether(
        team -> {
          List<Long> counts = new ArrayList<>();
          team.read(
              IntStream.range(0, 8)
                  .mapToObj(
                      i ->
                          (Team.Part)
                              connection -> {
                                used.add(connection);
                                long count = projects(connection);
                                return () -> counts.add(count);
                              })
                  .toList());
          counts.add(projects(team.own()));
          return counts;
        });
  }

  @Test
  void parts_whileProjectsAreWritten_seeOneSnapshot() throws Exception {
    Semaphore turns = new Semaphore(0);
    Thread writer = new Thread(() -> write(turns));
    writer.start();
    Set<Connection> used = ConcurrentHashMap.newKeySet();
    Set<Long> seen = new HashSet<>();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);

    for (int round = 0;
        round < ROUNDS || used.size() < 2 && System.nanoTime() < deadline;
        round++) {
      turns.release();
      List<Long> counts = counts(used);

      assertThat(counts).hasSize(9).containsOnly(counts.get(0));
      seen.add(counts.get(0));
    }

    writer.interrupt();
    writer.join();
    assertThat(seen).as("snapshots between commits").hasSizeGreaterThan(1);
    assertThat(used).as("connections").hasSizeGreaterThan(1);
  }

  /** Commits once a turn, about when the readers open their snapshots. */
  private void write(Semaphore turns) {
    try (Statement statement = writing.createStatement()) {
      statement.execute("PRAGMA synchronous = OFF");
      for (int i = 0; ; i++) {
        turns.acquire();
        String insert = "INSERT INTO project (id) VALUES ('p" + i + "')";
        commits.during(() -> statement.execute(insert));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void parts_asManyAsConnections_areReadAtOnceAndTakenInInOrder() {
    CyclicBarrier together = new CyclicBarrier(1 + SPARE);

    List<Integer> order =
        readers.readTogether(
            team -> {
              List<Integer> taken = new ArrayList<>();
              team.read(
                  IntStream.range(0, 1 + SPARE)
                      .mapToObj(
                          i ->
                              (Team.Part)
                                  connection -> {
                                    await(together);
                                    return () -> taken.add(i);
                                  })
                      .toList());
              return taken;
            });

    assertThat(order).containsExactly(0, 1, 2);
  }

  private static void await(CyclicBarrier together) {
    try {
      together.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("Not all parts were read at once", e);
    }
  }

  @Test
  void part_fails_failsTheReadAndLeavesTheOthersTheirConnections() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> readers.readTogether(TeamTest::failing))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("no such table: nowhere");
    }

    List<Connection> lent = new ArrayList<>();
    for (int i = 0; i < SPARE; i++) {
      lent.add(readers.lend());
    }
    assertThat(lent).doesNotContainNull();
    assertThat(readers.lend()).isNull();
    lent.forEach(readers::takeBack);
  }

  private static long failing(Team team) throws SQLException {
    Team.Part good =
        connection -> {
          long unused = projects(connection);
          return () -> {};
        };
    Team.Part bad =
        connection -> {
          Sql.rows(connection, "SELECT 1 FROM nowhere", row -> row);
          return () -> {};
        };
    team.read(List.of(good, bad, good, good));
    return 0;
  }
}
