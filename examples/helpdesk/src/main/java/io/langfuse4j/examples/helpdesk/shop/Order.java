package io.langfuse4j.examples.helpdesk.shop;

import java.math.BigDecimal;
import java.time.LocalDate;

/** An order of a number of equal lamps, which is all this shop sells. */
record Order(String id, String item, int quantity, BigDecimal unitPrice, LocalDate expected) {}
