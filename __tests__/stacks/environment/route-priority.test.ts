import { withPriorities, type Route } from "../../../src/stacks/environment/route-priority";

const route = (name: string, path: string, host?: string): Route => ({
  service: { name },
  settings: { path, host },
});
const priorities = (...routes: Route[]) =>
  Object.fromEntries(
    withPriorities(routes).map(({ route: { service }, priority }) => [service.name, priority]),
  );
const many = Array.from({ length: 300 }, (_, index) => route(`service-${index}`, `/path-${index}`));

describe("route priorities", () => {
  it("put a longer path before a shorter one", () => {
    const { long, short } = priorities(route("short", "/api"), route("long", "/api/orders"));
    expect(long).toBeLessThan(short ?? 0);
  });

  it("put a host before any path", () => {
    const { host, path } = priorities(route("path", "/a/b/c"), route("host", "/", "api.example.com"));
    expect(host).toBeLessThan(path ?? 0);
  });

  it("stay when another service comes or goes", () => {
    const before = priorities(route("b", "/b"), route("c", "/c"));
    expect(priorities(route("a", "/a"), route("b", "/b"), route("c", "/c"))).toMatchObject(before);
    expect(before).toMatchObject(priorities(route("c", "/c")));
  });

  it("do not depend on the order of the file", () => {
    expect(priorities(...many)).toEqual(priorities(...[...many].reverse()));
  });

  it("are different for 300 services, and within what an ALB counts", () => {
    const all = Object.values(priorities(...many));
    expect(new Set(all).size).toBe(300);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...all)).toBeLessThanOrEqual(50_000);
  });

  it("stay within what an ALB counts for the least special of routes", () => {
    const all = Object.values(
      priorities(...Array.from({ length: 300 }, (_, index) => route(`s${index}`, "/a"))),
    );
    expect(Math.max(...all)).toBeLessThanOrEqual(50_000);
  });
});
