package io.github.gitops4j.git;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.Optional;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/**
 * HTTP connections to one host only, of which all together receive a bounded number of bytes. A
 * redirect to another host fails, so that neither credentials nor requests go there.
 */
final class BoundedHttp implements HttpConnectionFactory {
  private final HttpConnectionFactory delegate = new JDKHttpConnectionFactory();
  private final String origin;
  private final Optional<CertificateAuthorities> authorities;
  private final ByteBudget budget;
  private final LastStatus status;

  BoundedHttp(
      String origin,
      ByteBudget budget,
      LastStatus status,
      Optional<CertificateAuthorities> authorities) {
    this.origin = origin;
    this.authorities = authorities;
    this.budget = budget;
    this.status = status;
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    return bounded(delegate.create(checked(url)));
  }

  @Override
  public HttpConnection create(URL url, java.net.Proxy proxy) throws IOException {
    return bounded(delegate.create(checked(url), proxy));
  }

  private URL checked(URL url) throws IOException {
    try {
      String other = GitUrl.originOf(new URI(url.toString()));
      if (!other.equals(origin)) {
        throw new ForeignHostException(other);
      }
      return url;
    } catch (URISyntaxException e) {
      throw new IOException("it redirects to something that is no URL", e);
    }
  }

  private HttpConnection bounded(HttpConnection connection) throws IOException {
    status.asking();
    if (authorities.isPresent() && origin.startsWith("https:")) {
      authorities.get().decide(connection);
    }
    return (HttpConnection)
        Proxy.newProxyInstance(
            HttpConnection.class.getClassLoader(),
            new Class<?>[] {HttpConnection.class},
            (self, method, arguments) -> {
              try {
                return watched(method.getName(), method.invoke(connection, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Object watched(String method, Object result) {
    if (method.equals("getResponseCode")) {
      status.answered((Integer) result);
    }
    return method.equals("getInputStream") ? budget.count((InputStream) result) : result;
  }
}
