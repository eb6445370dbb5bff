import { faultsAfter, faultsIn, shippedYaml } from "../support/faults";
import { configOf } from "../support/synth-app";
import { rulesOf } from "../../src/system/routes/rules";
import { warningsOf } from "../../src/system/warnings";

const AT = "services.awssdk-iam";
const path = (text: string) => ["path: /iam", `path: ${text}`] as const;
const more = (text: string) => ["port: 10012", `port: 10012\n    ${text}`] as const;
const service = (name: string, text: string) =>
  `  ${name}:\n    port: 8080\n    healthCheckPath: /\n    ${text}\n`;

/** Two names of which the same number is computed. */
function namesOfOnePriority(): [string, string] {
  const seen = new Map<number, string>();
  for (let index = 0; ; index++) {
    const priority = rulesOf(`x${index}`, { hosts: [], paths: ["/a"] })[0]?.priority ?? 0;
    const other = seen.get(priority);
    if (other !== undefined) return [other, `x${index}`];
    seen.set(priority, `x${index}`);
  }
}

describe("routes", () => {
  it.each([
    ["a list of paths", path("[/iam, /users, '/assets/*', '/*.png']")],
    ["a pattern", path("/iam*")],
    ["a list of hosts", more("host: [a.example.com, '*.example.com', '{environment}.example.com']")],
    ["a priority", more("priority: 49900")],
    ["a health check path with a slash at its end", ["actuator/health", "actuator/health/"] as const],
    ["a health check path with a query", ["actuator/health", "actuator/health?probe=alb&x=1"] as const],
  ])("may have %s", (_, change) => {
    expect(faultsAfter(change)).toEqual([]);
  });

  it.each<[string, readonly [string, string], string, RegExp]>([
    ["no paths", path("[]"), "path", /at least one path, got \[\]/],
    ["a path twice", path("[/a, /a]"), "path", /different paths/],
    ["/ beside other paths", path("[/, /a]"), "path", /\/ alone: it has every other path/],
    ["a path that begins with a star", path("'*.png'"), "path", /expected \/, a path such as/],
    ["a host with a star in its last part", more("host: 'example.*'"), "host", /a host name in lower case/],
    ["a host of capitals", more("host: API.example.com"), "host", /a host name in lower case/],
    ["a host twice", more("host: [a.b.com, a.b.com]"), "host", /different hosts/],
    ["a priority of 0", more("priority: 0"), "priority", /a whole number from 1 to 49900, got 0/],
    [
      "a health check path without a slash",
      ["/iam/actuator", "iam/actuator"],
      "healthCheckPath",
      /may end in a slash/,
    ],
    ["codes that are a number", more("healthCheck: { codes: 200 }"), "healthCheck.codes", /in quotes/],
    ["codes above 499", more("healthCheck: { codes: '500' }"), "healthCheck.codes", /from 200 to 499/],
    [
      "codes in the wrong order",
      more("healthCheck: { codes: 399-200 }"),
      "healthCheck.codes",
      /the lower code first, "200-399"/,
    ],
    [
      "a timeout above the interval",
      more("healthCheck: { intervalSeconds: 5 }"),
      "healthCheck.timeoutSeconds",
      /less than healthCheck.intervalSeconds, 5, got 5/,
    ],
    ["a negative drain time", more("drainSeconds: -1"), "drainSeconds", /from 0 to 3600/],
    [
      "a cookie of more than a week",
      more("stickinessSeconds: 604801"),
      "stickinessSeconds",
      /from 0 to 604800/,
    ],
    [
      "the old key of the grace period",
      more("task: { healthCheckGraceSeconds: 5 }"),
      "task.healthCheckGraceSeconds",
      /healthCheck\.graceSeconds/,
    ],
  ])("may not have %s", (_, change, key, expected) => {
    expect(faultsAfter(change)).toEqual([expect.stringMatching(expected)]);
    expect(faultsAfter(change)[0]).toContain(`${AT}.${key}: `);
  });
});

describe("routes of two services", () => {
  const beside = (change: readonly [string, string], text: string) =>
    faultsIn(shippedYaml.replace(...change) + service("two", text));

  it("may not share a host and path, in lists either", () => {
    expect(beside(path("[/a, /iam]"), "path: [/b, /iam]")).toEqual([
      expect.stringMatching(
        /two\.path: expected another host and path than service awssdk-iam in dev, got "\/iam"/,
      ),
    ]);
    expect(beside(more("host: [a.b.com, c.b.com]"), "path: /iam\n    host: [d.b.com, a.b.com]")).toHaveLength(
      1,
    );
    expect(beside(more("host: a.b.com"), "path: /iam\n    host: d.b.com")).toEqual([]);
  });

  it("need hosts where both are at /, because every service has a route", () => {
    expect(beside(path("/"), "path: /")).toEqual([
      expect.stringMatching(
        /two\.path: expected a host, or another path than service awssdk-iam in dev: only one service can have \/ without a host, and every service has a route, got "\/"/,
      ),
    ]);
  });

  it("may not have one priority, and the fault names both and the next free one", () => {
    expect(beside(more("priority: 5"), "path: /two\n    priority: 5")).toEqual([
      expect.stringMatching(
        /two\.priority: expected a priority of its own, such as 6: services awssdk-iam and two have the same in dev, got 5/,
      ),
    ]);
  });

  it("may not get one priority from their names: nothing moves an older rule any more", () => {
    const [first, second] = namesOfOnePriority();
    const both = shippedYaml + service(first, `path: /a`) + service(second, "path: /b");
    expect(faultsIn(both)).toEqual([expect.stringContaining("such as")]);
  });

  it("are refused where the numbers of their names put them in the wrong order", () => {
    const wide = service("w", "path: '/wide*'");
    const narrow = Array.from({ length: 400 }, (_, index) => `n${index}`).find(
      (name) => faultsIn(shippedYaml + wide + service(name, "path: /wide")).length > 0,
    );
    expect(narrow).toBeDefined();
    expect(faultsIn(shippedYaml + wide + service(narrow ?? "", "path: /wide"))).toEqual([
      expect.stringContaining(`expected a priority for w or ${narrow}, the lower one for the narrower route`),
    ]);
    expect(faultsIn(shippedYaml + wide + service(narrow ?? "", "path: /wide\n    priority: 1"))).toEqual([]);
  });
});

describe("one load balancer", () => {
  const services = (count: number, text: (index: number) => string) =>
    shippedYaml + Array.from({ length: count }, (_, index) => service(`s${index}`, text(index))).join("");
  const own = (index: number) => `path: /p${index}\n    priority: ${index + 1}`;

  it("takes 100 target groups and 100 rules, and no more", () => {
    expect(faultsIn(services(49, own))).toEqual([]);
    expect(faultsIn(services(50, own)).map((line) => line.replace(/^\S+ /, ""))).toEqual([
      expect.stringMatching(/^environments\.dev: expected at most 100 listener rules .*, got 102/),
      expect.stringMatching(/^environments\.dev: expected at most 100 target groups .*, got 102/),
    ]);
  });

  it("has a warning from 90 on", () => {
    const textsOf = (yaml: string) => warningsOf(configOf(yaml)).map(({ text }) => text);
    expect(textsOf(services(43, own)).filter((text) => text.includes("behind"))).toEqual([]);
    expect(textsOf(services(44, own))).toEqual(
      expect.arrayContaining([
        "90 listener rules behind one load balancer, which takes 100",
        "90 target groups behind one load balancer, which takes 100",
      ]),
    );
  });
});
