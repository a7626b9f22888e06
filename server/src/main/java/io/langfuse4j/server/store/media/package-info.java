/** Where the bytes of files are kept, apart from the rows that say whose they are. */
@NullMarked
package io.langfuse4j.server.store.media;

import org.jspecify.annotations.NullMarked;
