package com.example.iam;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that answers with its version, below a path, and with its health. */
public final class Application {
  private static final int THREADS = 16;

  /** Less than the 30 seconds after which ECS kills a container that it has asked to stop. */
  private static final int STOP_SECONDS = 20;

  private final AtomicInteger running = new AtomicInteger();
  private final String path;
  private final String version;

  private Application(String path, String version) {
    this.path = path;
    this.version = version;
  }

  public static void main(String[] args) throws IOException {
    String environment = System.getenv().getOrDefault("ENVIRONMENT", "dev");
    Properties settings = settings(environment);
    int port = Integer.parseInt(settings.getProperty("server.port"));
    String version = Application.class.getPackage().getImplementationVersion();
    Application application = new Application(settings.getProperty("server.path"), version);
    application.start(port);
    System.out.printf("version %s answers on port %d under %s%n", version, port, application.path);
  }

  /** The lines of the YAML file are "name: value", which Properties reads too. */
  private static Properties settings(String environment) throws IOException {
    String file = "/application-" + environment + ".yaml";
    try (InputStream stream = Application.class.getResourceAsStream(file)) {
      if (stream == null) throw new IOException("the jar has no " + file);
      Properties settings = new Properties();
      settings.load(stream);
      return settings;
    }
  }

  private void start(int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    server.setExecutor(threads);
    server.createContext("/", counted(exchange -> answer(exchange, 404, "{\"error\":\"not found\"}")));
    server.createContext(path, counted(this::greet));
    server.createContext(path + "/actuator/health", counted(exchange -> answer(exchange, 200, "{\"status\":\"UP\"}")));
    // SIGTERM: requests that have begun are answered, and no new connection is accepted.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      server.stop(running.get() == 0 ? 0 : STOP_SECONDS);
      threads.shutdown();
      System.out.println("stopped");
    }));
    server.start();
  }

  private HttpHandler counted(HttpHandler handler) {
    return exchange -> {
      running.incrementAndGet();
      try {
        handler.handle(exchange);
      } finally {
        running.decrementAndGet();
      }
    };
  }

  private void greet(HttpExchange exchange) throws IOException {
    answer(exchange, 200, String.format("{\"service\":\"awssdk-iam\",\"version\":\"%s\"}", version));
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = (json + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
