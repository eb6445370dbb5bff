import { outsideOf } from "../../src/local/stand-ins/find";
import { standInRows } from "../../src/local/stand-ins/rows";
import { edit, shippedYaml } from "../support/faults";
import { configOf, systemOfYaml } from "../support/synth-app";

const REGION = "ap-northeast-2";
const SHARED = "202949997891";
const DEV = "558846431111";
const arn = (service: string, resource: string, account = DEV) =>
  `arn:aws:${service}:${REGION}:${account}:${resource}`;

/** What the shipped configuration names with other text in it, as kind and id. */
const named = (...edits: [string, string][]) =>
  outsideOf(configOf(edit(shippedYaml, ...edits))).map(({ kind, id }) => [kind, id]);
const inService = (text: string): [string, string] => ["port: 10012", `port: 10012\n    ${text}`];

/** Who may reach the test listener of an existing network. */
const TESTERS = ["ingress: { http: true }", "ingress: { testTrafficFrom: [203.0.113.0/24] }"] as const;

describe("what a configuration names and no stack makes", () => {
  it("is nothing in the shipped system", () => {
    expect(named()).toEqual([]);
  });

  it("is a certificate, a secret without its key, a parameter by its name, and a hook without its alias", () => {
    expect(
      named(
        ["ingress: { http: true }", `ingress: { certificateArn: "${arn("acm", "certificate/1a")}" }`],
        inService(
          `task: { secrets: { A: "${arn("secretsmanager", "secret:db-AbCdEf:user::")}", B: "${arn("ssm", "parameter/a/b")}" } }\n    deployment: { hooks: { afterAllowTestTraffic: "${arn("lambda", "function:smoke:live")}" } }`,
        ),
      ),
    ).toEqual([
      ["certificate", arn("acm", "certificate/1a")],
      ["secret", arn("secretsmanager", "secret:db-AbCdEf")],
      ["parameter", "/a/b"],
      ["function", arn("lambda", "function:smoke")],
    ]);
  });

  it("is what has a name or an id: zones, prefix lists, boundaries, parameters and alarms", () => {
    expect(
      named(
        [
          "ingress: { http: true }",
          "ingress: { allowFrom: [203.0.113.0/24, pl-12345678], hostedZones: { example.com: Z0123456789ABC } }",
        ],
        [`dev: { id: "${DEV}"`, `dev: { permissionsBoundary: edge, id: "${DEV}"`],
        inService(
          "host: api.example.com\n    task: { secrets: { A: /a/b } }\n    deployment: { alarmNames: [slow] }",
        ),
      ),
    ).toEqual([
      ["parameter", "/a/b"],
      ["policy", `arn:aws:iam::${DEV}:policy/edge`],
      ["prefix list", "pl-12345678"],
      ["hosted zone", "Z0123456789ABC"],
      ["alarm", "slow"],
    ]);
  });

  it("is one secret for all of its keys", () => {
    const secret = arn("secretsmanager", "secret:db-AbCdEf");
    const secrets = `task: { secrets: { A: "${secret}:user::", B: "${secret}:password::", C: "${secret}" } }`;
    expect(outsideOf(configOf(edit(shippedYaml, inService(secrets))))).toEqual([
      { kind: "secret", account: DEV, region: REGION, id: secret, keys: ["user", "password"] },
    ]);
  });

  it("is an existing network, whose load balancer has every subnet in a zone of its own", () => {
    const network = [
      "vpcId: vpc-12345678",
      "publicSubnetIds: [subnet-aaaaaaaa, subnet-bbbbbbbb]",
      "privateSubnetIds: [subnet-cccccccc, subnet-dddddddd]",
    ].join("\n      ");
    const outside = outsideOf(configOf(edit(shippedYaml, ["cidr: 10.10.0.0/16", network], TESTERS)));
    expect(outside.map(({ id, zone }) => [id, zone])).toEqual([
      ["vpc-12345678", undefined],
      ["subnet-aaaaaaaa", 0],
      ["subnet-bbbbbbbb", 1],
      ["subnet-cccccccc", 0],
      ["subnet-dddddddd", 1],
    ]);
    expect(outside.map(({ vpc }) => vpc)).toEqual([undefined, ...Array<string>(4).fill("vpc-12345678")]);
  });

  it("is the network of builds, with its security groups", () => {
    const vpc =
      "{ vpcId: vpc-12345678, subnetIds: [subnet-aaaaaaaa, subnet-bbbbbbbb], securityGroupIds: [sg-12345678] }";
    const outside = named([`shared: { id: "${SHARED}"`, `shared: { vpc: ${vpc}, id: "${SHARED}"`]);
    expect(outside).toEqual([
      ["VPC", "vpc-12345678"],
      ["subnet", "subnet-aaaaaaaa"],
      ["subnet", "subnet-bbbbbbbb"],
      ["security group", "sg-12345678"],
    ]);
  });
});

it("stand-ins are rows of the table, by account", () => {
  const at = { region: REGION, kind: "certificate" };
  const standIns = [
    { ...at, account: DEV, id: "one" },
    { ...at, account: "999999999999", id: "two" },
  ];
  expect(standInRows(systemOfYaml(shippedYaml), standIns)).toEqual([
    [`dev ${DEV}`, "stand-in: certificate", "one"],
    ["999999999999", "stand-in: certificate", "two"],
  ]);
});
