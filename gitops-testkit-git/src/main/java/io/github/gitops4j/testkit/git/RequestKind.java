package io.github.gitops4j.testkit.git;

/**
 * What a request to a {@link GitHttpServer} asks for. Immutable.
 *
 * @since 0.1.0
 */
public enum RequestKind {
  /** The first request of every operation: capabilities, and with old protocols all refs. */
  INFO_REFS,
  /** The refs, in protocol version 2. */
  LS_REFS,
  /** Negotiation and pack of a fetch or clone. */
  FETCH,
  /** The pack of a push. */
  RECEIVE_PACK,
  /** Anything else, such as files of the dumb protocol. */
  OTHER
}
