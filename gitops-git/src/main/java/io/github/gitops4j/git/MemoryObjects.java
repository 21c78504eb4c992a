package io.github.gitops4j.git;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Objects that are in no repository yet. They are sent from here, so that nothing of a commit that
 * does not arrive is left anywhere, whenever a process dies.
 *
 * <p>Filled by one thread, then read by any.
 */
final class MemoryObjects {
  private final Map<ObjectId, Item> objects = new HashMap<>();
  private final ObjectInserter.Formatter ids = new ObjectInserter.Formatter();

  private record Item(int type, ObjectLoader loader) {}

  /** Adds an object that passes the checks of every object. */
  ObjectId insert(int type, byte[] content) throws IOException {
    ObjectId id = ids.idFor(type, content);
    ObjectChecks.create().check(id, type, content);
    objects.put(id, new Item(type, new ObjectLoader.SmallObject(type, content)));
    return id;
  }

  /** Returns a reader that finds these objects too, and closes the one that it is over. */
  ObjectReader over(ObjectReader stored) {
    return new Overlay(stored);
  }

  boolean isEmpty() {
    return objects.isEmpty();
  }

  private final class Overlay extends ObjectReader {
    private final ObjectReader stored;

    Overlay(ObjectReader stored) {
      this.stored = stored;
    }

    @Override
    public ObjectReader newReader() {
      return new Overlay(stored.newReader());
    }

    @Override
    public Collection<ObjectId> resolve(AbbreviatedObjectId id) throws IOException {
      return stored.resolve(id);
    }

    @Override
    public boolean has(AnyObjectId id, int type) throws IOException {
      return objects.containsKey(id) || stored.has(id, type);
    }

    @Override
    public ObjectLoader open(AnyObjectId id, int type) throws IOException {
      Item item = objects.get(id);
      if (item == null) {
        return stored.open(id, type);
      } else if (type != OBJ_ANY && type != item.type) {
        throw new IncorrectObjectTypeException(id.copy(), Constants.typeString(type));
      }
      return item.loader;
    }

    @Override
    public Set<ObjectId> getShallowCommits() throws IOException {
      return stored.getShallowCommits();
    }

    @Override
    public void close() {
      stored.close();
    }
  }
}
