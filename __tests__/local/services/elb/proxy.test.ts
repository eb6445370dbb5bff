import { chooseCertificate } from "../../../../src/local/services/elb/proxy/certificates";
import { toClient, toTarget } from "../../../../src/local/services/elb/proxy/headers";
import { pageOf } from "../../../../src/local/services/elb/proxy/pages";

const ORIGIN = { address: "1.2.3.4", protocol: "https", port: 443 } as const;
const SETTINGS = { dropInvalidHeaders: true, forwardedFor: "append" } as const;

const sent = (raw: string[], settings: Partial<Parameters<typeof toTarget>[1]> = {}) =>
  toTarget(raw, { ...SETTINGS, ...settings }, ORIGIN, () => "1-a-b");

const FORWARDED = ["X-Forwarded-Proto", "https", "X-Forwarded-Port", "443"];

test("a target learns where a request came from", () => {
  const raw = ["Host", "a.com", "Connection", "close", "X-Forwarded-For", "9.9.9.9", "X-Forwarded-Port", "1"];
  expect(sent(raw)).toEqual([
    ...["Host", "a.com", "X-Forwarded-For", "9.9.9.9, 1.2.3.4"],
    ...[...FORWARDED, "X-Amzn-Trace-Id", "Root=1-a-b"],
  ]);
});

test.each([
  ["append", ["X-Forwarded-For", "9.9.9.9, 1.2.3.4"]],
  ["preserve", ["X-Forwarded-For", "9.9.9.9"]],
  ["remove", []],
] as const)("X-Forwarded-For: %s", (forwardedFor, expected) => {
  const raw = ["X-Forwarded-For", "9.9.9.9"];
  expect(sent(raw, { forwardedFor }).slice(0, -6)).toEqual(expected);
});

test.each([
  ["Root=1-x", "Self=1-a-b;Root=1-x"],
  ["Other=1", "Root=1-a-b;Other=1"],
])("a trace %s goes on as %s", (before, expected) => {
  expect(sent(["X-Amzn-Trace-Id", before]).at(-1)).toBe(expected);
});

test("names with other characters are dropped if the load balancer says so", () => {
  expect(sent(["a_b", "1", "a-b", "2"]).slice(0, 2)).toEqual(["a-b", "2"]);
  expect(sent(["a_b", "1"], { dropInvalidHeaders: false }).slice(0, 2)).toEqual(["a_b", "1"]);
});

test("a client gets everything but what is about the target's connection", () => {
  const raw = [
    "Keep-Alive",
    "timeout=5",
    "Set-Cookie",
    "a=1",
    "Transfer-Encoding",
    "chunked",
    "Set-Cookie",
    "b=2",
  ];
  expect(toClient(raw)).toEqual(["Set-Cookie", "a=1", "Set-Cookie", "b=2"]);
});

test("a page is as AWS has it", () => {
  expect(pageOf(502)).toBe(
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n" +
      "<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n",
  );
});

const CERTIFICATES = [
  { arn: "default", names: ["a.com"] },
  { arn: "wildcard", names: ["*.b.com"] },
  { arn: "exact", names: ["x.b.com"] },
];

test.each([
  ["a.com", "default"],
  ["y.b.com", "wildcard"],
  ["X.b.com", "exact"],
  ["unknown.org", "default"],
])("%s gets the certificate %s", (host, expected) => {
  expect(chooseCertificate(CERTIFICATES, host)?.arn).toBe(expected);
});
