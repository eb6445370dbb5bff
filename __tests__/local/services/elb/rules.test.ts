import type { RuleCondition } from "@aws-sdk/client-elastic-load-balancing-v2";
import { conditionOf, type RequestFacts } from "../../../../src/local/services/elb/rules/conditions";
import { redirectOf } from "../../../../src/local/services/elb/rules/redirect";
import { wildcard } from "../../../../src/local/services/elb/rules/wildcard";

test.each([
  ["/img/*", "/img/", true],
  ["/img/*", "/img/a/b.png", true],
  ["/img/*", "/img", false],
  ["/a?c", "/abc", true],
  ["/a?c", "/ac", false],
  ["/a.c", "/abc", false],
  ["/a\\*c", "/a*c", true],
  ["/a\\*c", "/abc", false],
  ["*.example.com", "a.b.example.com", true],
  ["*.example.com", "example.com", false],
  ["/(a|b)", "/a", false],
])("%s and %s: %s", (pattern, value, expected) => {
  expect(wildcard(pattern, "").test(value)).toBe(expected);
});

const REQUEST: RequestFacts = {
  method: "GET",
  host: "API.example.com",
  path: "/Orders/1",
  query: [["Version", "V1"]],
  headers: { "x-team": "Blue" },
  sourceIp: "10.0.0.7",
};

const header = (Values: string[]) => ({
  Field: "http-header",
  HttpHeaderConfig: { HttpHeaderName: "X-Team", Values },
});
const query = (Key: string | undefined, Value: string) => ({
  Field: "query-string",
  QueryStringConfig: { Values: [{ ...(Key !== undefined && { Key }), Value }] },
});
const source = (...Values: string[]) => ({ Field: "source-ip", SourceIpConfig: { Values } });

test.each<[RuleCondition, boolean]>([
  [{ Field: "host-header", HostHeaderConfig: { Values: ["*.EXAMPLE.com"] } }, true],
  [{ Field: "host-header", HostHeaderConfig: { Values: ["other.com", "api.example.com"] } }, true],
  [{ Field: "host-header", Values: ["example.com"] }, false],
  [{ Field: "path-pattern", PathPatternConfig: { Values: ["/Orders/*"] } }, true],
  [{ Field: "path-pattern", PathPatternConfig: { Values: ["/orders/*"] } }, false],
  [{ Field: "path-pattern", Values: ["/other", "/Orders/?"] }, true],
  [{ Field: "http-request-method", HttpRequestMethodConfig: { Values: ["POST", "GET"] } }, true],
  [{ Field: "http-request-method", HttpRequestMethodConfig: { Values: ["get"] } }, false],
  [header(["bl*"]), true],
  [header(["red"]), false],
  [query("version", "v?"), true],
  [query(undefined, "v1"), true],
  [query("version", "v2"), false],
  [source("192.168.0.0/16", "10.0.0.0/8"), true],
  [source("10.1.0.0/16", "2001:db8::/32"), false],
  [{ Field: "unknown" }, false],
])("%j: %s", (condition, expected) => {
  expect(conditionOf(condition)(REQUEST)).toBe(expected);
});

const URL_PARTS = { protocol: "http", host: "a.com", port: 80, path: "/one/two", query: "a=b" } as const;

test.each([
  [{ StatusCode: "HTTP_301", Protocol: "HTTPS", Port: "443" }, 301, "https://a.com:443/one/two?a=b"],
  [{ StatusCode: "HTTP_302", Host: "www.#{host}" }, 302, "http://www.a.com:80/one/two?a=b"],
  [{ StatusCode: "HTTP_302", Path: "/new/#{path}", Query: "" }, 302, "http://a.com:80/new/one/two"],
  [{ StatusCode: "HTTP_302", Path: "/", Query: "x=#{query}&p=#{port}" }, 302, "http://a.com:80/?x=a=b&p=80"],
] as const)("redirect %j", (config, statusCode, location) => {
  expect(redirectOf(config, URL_PARTS)).toEqual({ statusCode, location });
});

test("a redirect leads to the port of this machine", () => {
  const config = { StatusCode: "HTTP_301", Protocol: "HTTPS", Port: "443" } as const;
  expect(redirectOf(config, URL_PARTS, (port) => port + 8_000).location).toBe(
    "https://a.com:8443/one/two?a=b",
  );
});
