package io.github.gitops4j.kubernetes.live;

import io.github.gitops4j.live.Place;

/**
 * A collection as it was listed, from where a watch of it goes on.
 *
 * @param place the kind and its namespace; no namespace if it is all of them
 * @param path the path of the collection
 * @param everywhere the path of the collection of all namespaces
 * @param version the version of the list
 */
record WatchStart(Place place, String path, String everywhere, String version) {}
