package io.github.gitops4j.kubernetes.inventory;

/**
 * How much goes where, in bytes before packing. Packed, a Secret holds 1 MiB.
 *
 * @param changes changes of the inventory in the head; more go into chunks
 * @param tail records of the history in the head; more go into a segment
 * @param chunk records of the inventory in a chunk
 */
record StateLimits(int changes, int tail, int chunk) {
  static final StateLimits DEFAULT = new StateLimits(96 << 10, 96 << 10, 1_000_000);
}
