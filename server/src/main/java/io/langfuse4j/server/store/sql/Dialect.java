package io.langfuse4j.server.store.sql;

/** Where SQL databases differ. */
public enum Dialect {
  SQLITE {
    @Override
    String entries(String column) {
      return "json_each(" + column + ") e";
    }
  },
  POSTGRESQL {
    @Override
    String entries(String column) {
      return "json_array_elements_text(CAST(" + column + " AS json)) AS e (value)";
    }
  };

  /** A table {@code e} whose column {@code value} has the texts of a list in JSON. */
  abstract String entries(String column);
}
