import { rulesOf, type Route } from "../../src/system/routes/rules";

const route = (path: string | string[], ...hosts: string[]): Route => ({ hosts, paths: [path].flat() });
const firstPriority = (name: string, one: Route) => rulesOf(name, one)[0]?.priority ?? 0;
const conditionsOf = (one: Route) => rulesOf("x", one).map(({ hosts, paths }) => ({ hosts, paths }));
const many = Array.from({ length: 300 }, (_, index) => `service-${index}`);

describe("the rules of a route", () => {
  it("are none for the default action", () => {
    expect(rulesOf("x", route("/"))).toEqual([]);
  });

  it("have a path and everything below it, but a pattern as it stands", () => {
    expect(conditionsOf(route("/iam"))).toEqual([{ hosts: [], paths: ["/iam", "/iam/*"] }]);
    expect(conditionsOf(route("/iam*"))).toEqual([{ hosts: [], paths: ["/iam*"] }]);
    expect(conditionsOf(route("/", "a.example.com"))).toEqual([{ hosts: ["a.example.com"], paths: [] }]);
  });

  it("are one for up to five values, and more for more", () => {
    expect(conditionsOf(route(["/a", "/b"], "a.example.com"))).toEqual([
      { hosts: ["a.example.com"], paths: ["/a", "/a/*", "/b", "/b/*"] },
    ]);
    expect(conditionsOf(route(["/a", "/b", "/c"]))).toEqual([
      { hosts: [], paths: ["/a", "/a/*", "/b", "/b/*"] },
      { hosts: [], paths: ["/c", "/c/*"] },
    ]);
    const hosts = ["a.b.com", "b.b.com", "c.b.com", "d.b.com", "e.b.com", "f.b.com"];
    expect(conditionsOf(route("/", ...hosts)).map((rule) => rule.hosts)).toEqual([
      hosts.slice(0, 5),
      hosts.slice(5),
    ]);
  });

  it("have every pair of host and path exactly once, with at most five values and six wildcards", () => {
    const hosts = ["a.b.com", "b.b.com", "c.b.com", "d.b.com", "*.c.com", "*.*.d.com"];
    const paths = ["/a", "/b", "/c/d", "/e*f*g*", "/h?", "/i/*"];
    const rules = conditionsOf(route(paths, ...hosts));
    const pairs = rules.flatMap((rule) =>
      rule.hosts.flatMap((host) => rule.paths.map((path) => `${host} ${path}`)),
    );
    const patterns = paths.flatMap((path) =>
      path.includes("*") || path.includes("?") ? path : [path, `${path}/*`],
    );
    expect([...pairs].sort()).toEqual(
      hosts.flatMap((host) => patterns.map((path) => `${host} ${path}`)).sort(),
    );
    for (const rule of rules) {
      const values = [...rule.hosts, ...rule.paths];
      expect(values.length).toBeLessThanOrEqual(5);
      expect(values.join("").replaceAll(/[^*?]/g, "").length).toBeLessThanOrEqual(6);
    }
  });

  it("leave the first one where it is when a host or a path is added at the end", () => {
    const [before] = rulesOf("x", route("/api", "a.b.com"));
    const [first] = rulesOf("x", route(["/api", "/v2/users", "/*.png"], "a.b.com", "*.c.com"));
    expect(first).toMatchObject({
      priority: before?.priority,
      hosts: ["a.b.com"],
      paths: ["/api", "/api/*"],
    });
  });
});

describe("the priority of a rule", () => {
  it("is the same as in earlier versions without wildcards", () => {
    expect(firstPriority("awssdk-iam", route("/iam"))).toBe(46_594);
    expect(firstPriority("billing", route("/", "billing.acme.example.com"))).toBe(23_989);
  });

  it.each<[string, Route, Route]>([
    ["a longer path before a shorter one", route("/api/orders"), route("/api")],
    ["a host before any path", route("/", "api.example.com"), route("/a/b/c")],
    ["an exact host before a pattern", route("/", "api.example.com"), route("/a/b", "*.example.com")],
    [
      "a longer host pattern before a shorter one",
      route("/", "*.api.example.com"),
      route("/a/b", "*.example.com"),
    ],
    ["a host pattern before no host", route("/", "*.example.com"), route("/a/b")],
    ["more parts of a path pattern before fewer", route("/a/*/c"), route("/a")],
    ["every other path before /*", route("/a"), route("/*")],
  ])("puts %s", (_, narrow, wide) => {
    for (const [index, name] of many.slice(1).entries())
      expect(firstPriority(name, narrow)).toBeLessThan(firstPriority(many[index] ?? "", wide));
  });

  it("puts a path before a pattern of as many parts, or the order is a fault", () => {
    const [plain] = rulesOf("a", route("/a"));
    const [pattern] = rulesOf("b", route("/a*"));
    expect(plain?.order).toBeLessThan(pattern?.order ?? 0);
  });

  it.each([["/a"], ["/a*"], ["/"], ["/*"], ["/a/b/c/d/e/f/g/h"]])(
    "is one that an ALB counts for %s",
    (path) => {
      for (const name of many)
        for (const host of [
          [],
          ["a.example.com"],
          ["*.com"],
          [`*.${"a".repeat(60)}.${"b".repeat(50)}.com`],
        ]) {
          const priority = rulesOf(name, route(path, ...host))[0]?.priority ?? 1;
          expect(priority).toBeGreaterThanOrEqual(1);
          expect(priority).toBeLessThanOrEqual(50_000);
        }
    },
  );

  it("is the given one and those after it, the narrowest rule first", () => {
    const rules = rulesOf("x", { ...route(["/*", "/a", "/a/b"]), priority: 100 });
    expect(rules.map(({ paths, priority }) => [paths[0], priority])).toEqual([
      ["/*", 102],
      ["/a", 101],
      ["/a/b", 100],
    ]);
  });
});
