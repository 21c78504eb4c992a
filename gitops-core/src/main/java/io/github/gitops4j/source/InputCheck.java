package io.github.gitops4j.source;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.Resource;
import java.util.List;

/**
 * Looks at declared resources one by one and says what is wrong with them, without any target.
 *
 * <p>A check throws nothing for bad input: bad input is a finding. The origin of a finding lies in
 * the file of its resource; a {@code Document} knows the line of each field. No message holds a
 * value of the resource.
 *
 * <p>Confined to one run, which makes it anew.
 *
 * @since 0.1.0
 */
public interface InputCheck {
  /**
   * Looks at a resource as it is written.
   *
   * @return what is wrong; what depends on others may be said by {@link #end}
   */
  List<InputFinding> look(Resource resource, CallContext call);

  /** Says what could only be said once all resources were seen. */
  default List<InputFinding> end(CallContext call) {
    return List.of();
  }
}
