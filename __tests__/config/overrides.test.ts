import { edit, faultsIn, shippedYaml } from "../support/faults";

const two = edit(shippedYaml, [
  "\nservices:",
  "  prd: { account: dev, branch: main, cluster: main, network: { cidr: 10.20.0.0/16 }, ingress: { http: true } }\n\nservices:",
]);
/** Overrides of the shipped service in prd. */
const inPrd = (text: string) => edit(two, ["    environments:\n", `    environments:\n      prd: ${text}\n`]);

describe("overrides of an environment", () => {
  it.each([
    ["false"],
    ["{ branch: release, host: iam.example.com, path: /, healthCheckPath: /health }"],
    ["{ host: '{environment}.example.com' }"],
    [
      "{ task: { cpu: 1024, memory: 2048 }, build: { timeoutMinutes: 5 }, deployment: { alarms: { minutes: 5 } } }",
    ],
    ["{}"],
  ])("may be %s", (overrides) => {
    expect(faultsIn(inPrd(overrides))).toEqual([]);
  });

  it.each<[string, string, RegExp]>([
    ["true", "", /expected false, or a mapping of what differs in this environment, got true/],
    ["{ port: 1 }", ".port", /expected one of the keys branch, path, host, .*, got "port"/],
    ["{ hots: a.example.com, path: /x/, host: 1 }", ".hots", /expected one of the keys branch/],
    ["{ branch: 'a..b' }", ".branch", /expected a Git branch name/],
    ["{ host: '{env}.example.com' }", ".host", /expected a host name in lower case such as/],
    ["{ task: { cpu: 257 } }", ".task.cpu", /expected CPU units that Fargate has/],
  ])("may not be %s", (overrides, path, expected) => {
    const faults = faultsIn(inPrd(overrides));
    const at = `services.awssdk-iam.environments.prd${path}: `;
    expect(faults.filter((line) => line.includes(at) && expected.test(line))).toHaveLength(1);
  });

  it("may not leave a service without any environment", () => {
    const nowhere = edit(inPrd("false"), ["      dev:\n        #", "      dev: false\n      x:\n        #"]);
    expect(
      faultsIn(nowhere).filter((line) => line.includes("environments: expected an environment")),
    ).toEqual([expect.stringContaining("it is false in dev, prd, got false")]);
  });

  it("are seen by the check of routes, which names a collision once", () => {
    const other = "  two:\n    port: 80\n    path: /two\n    healthCheckPath: /\n";
    const apart = inPrd("{ path: /two }") + other;
    expect(faultsIn(apart)).toEqual([
      expect.stringMatching(
        /services\.two\.path: expected another host and path than service awssdk-iam in prd, got "\/two"/,
      ),
    ]);
    expect(faultsIn(`${apart}    environments: { prd: false }\n`)).toEqual([]);
    expect(faultsIn(edit(two, ["path: /iam", "path: /two"]) + other)).toHaveLength(1);
  });
});
