package io.tare.include.page;

import io.tare.include.scan.Tag;
import java.util.Optional;

/** An include as the page wrote it. */
record Include(Optional<String> src, Optional<String> alt, boolean continuesOnError, String where) {
  static Include of(Tag tag, String page) {
    return new Include(tag.attribute("src"), tag.attribute("alt"),
        tag.attribute("onerror").filter("continue"::equals).isPresent(), page + " at byte " + tag.offset());
  }
}
