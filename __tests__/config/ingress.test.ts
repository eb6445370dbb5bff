import { plainHttp } from "../../src/system/checks/ingress/load-balancers";
import { edit, faultsAfter, faultsIn, shippedYaml } from "../support/faults";
import { configOf } from "../support/synth-app";

const AT = "environments.dev";
const CERTIFICATE = "arn:aws:acm:ap-northeast-2:558846431111:certificate/1234abcd";
const OTHER = CERTIFICATE.replace("1234", "9876");
const ingress = (text: string) => ["ingress: { http: true }", `ingress: { ${text} }`] as const;
const NETWORK = "network:\n      cidr: 10.10.0.0/16";
const guarded = (text: string) =>
  [
    `protect: false\n    ${NETWORK}\n    ingress: { http: true }`,
    `${NETWORK}\n    ingress: { ${text} }`,
  ] as const;
const existing = (subnets: string) =>
  [
    "cidr: 10.10.0.0/16",
    `vpcId: vpc-12345678\n      ${subnets}privateSubnetIds: [subnet-12345673, subnet-12345674]`,
  ] as const;
const PUBLIC = "publicSubnetIds: [subnet-12345671, subnet-12345672]\n      ";

describe("the load balancer", () => {
  it.each([
    [
      "internal, for private networks",
      ingress("internal: true, allowFrom: [10.0.0.0/8], testTrafficFrom: [10.1.0.0/16]"),
    ],
    ["for networks and prefix lists", ingress("allowFrom: [203.0.113.0/24, pl-0123456789abcdef0]")],
    [
      "with several certificates",
      ingress(`certificateArn: "${CERTIFICATE}", additionalCertificateArns: ["${OTHER}"]`),
    ],
    [
      "with another TLS policy",
      ingress(`certificateArn: "${CERTIFICATE}", tlsPolicy: ELBSecurityPolicy-FS-1-2-2019-08`),
    ],
    ["without HTTPS in a protected environment that says so", guarded("http: true")],
    ["with HTTPS in a protected environment", guarded(`certificateArn: "${CERTIFICATE}"`)],
    ["with zones", ingress("hostedZones: { example.com: Z0123456789ABC }, dropInvalidHeaders: false")],
  ])("may be %s", (_, change) => {
    expect(faultsAfter(change)).toEqual([]);
  });

  it.each<[string, readonly [string, string], string, RegExp]>([
    ["for nobody", ingress("allowFrom: []"), "ingress.allowFrom", /at least one network or prefix list/],
    [
      "for something that is no network",
      ingress("allowFrom: [all]"),
      "ingress.allowFrom.0",
      /or the id of a prefix list/,
    ],
    [
      "for a network twice",
      ingress("allowFrom: [1.1.1.0/24, 1.1.1.0/24]"),
      "ingress.allowFrom",
      /different networks/,
    ],
    [
      "internet-facing for private networks",
      ingress("allowFrom: [10.0.0.0/8]"),
      "ingress.allowFrom.0",
      /internal: true: an internet-facing load balancer never sees private/,
    ],
    [
      "internet-facing with tests from private networks",
      ingress("testTrafficFrom: [192.168.0.0/16]"),
      "ingress.testTrafficFrom.0",
      /public addresses, such as those of your NAT gateways/,
    ],
    [
      "with more certificates only",
      ingress(`additionalCertificateArns: ["${OTHER}"]`),
      "ingress.additionalCertificateArns",
      /certificateArn too/,
    ],
    [
      "with another account's certificate",
      ingress(
        `certificateArn: "${CERTIFICATE}", additionalCertificateArns: ["${OTHER.replace("5588", "1188")}"]`,
      ),
      "ingress.additionalCertificateArns.0",
      /a certificate of the environment's account/,
    ],
    [
      "with HTTP and a redirect",
      ingress(`certificateArn: "${CERTIFICATE}", http: true`),
      "ingress.http",
      /redirected to HTTPS/,
    ],
    [
      "with a policy of CloudFront",
      ingress("tlsPolicy: TLSv1.2_2021"),
      "ingress.tlsPolicy",
      /an ALB security policy such as/,
    ],
    [
      "with a zone's name",
      ingress("hostedZones: { example.com: example }"),
      "ingress.hostedZones.example.com",
      /the id of a Route 53 hosted zone/,
    ],
    [
      "plain HTTP in a protected environment",
      guarded(""),
      "ingress.http",
      /certificateArn for HTTPS, or true: a protected environment/,
    ],
  ])("may not be %s", (_, change, key, expected) => {
    expect(faultsAfter(change)).toEqual([expect.stringMatching(expected)]);
    expect(faultsAfter(change)[0]).toContain(`${AT}.${key}: `);
  });

  it("in an existing VPC needs to know who tests, unless it is internal", () => {
    expect(faultsAfter(existing(PUBLIC))).toEqual([
      expect.stringMatching(/ingress\.testTrafficFrom: expected the public addresses that test a release/),
    ]);
    expect(faultsAfter(existing(PUBLIC), ingress("testTrafficFrom: [203.0.113.7/32]"))).toEqual([]);
    expect(faultsAfter(existing(""), ingress("internal: true"))).toEqual([]);
  });

  it("that faces the internet needs public subnets", () => {
    expect(faultsAfter(existing(""), ingress("testTrafficFrom: [203.0.113.7/32]"))).toEqual([
      expect.stringMatching(
        /network\.publicSubnetIds: expected at least two public subnets .*, or ingress\.internal: true/,
      ),
    ]);
  });

  it("needs a zone for each host, but not for a pattern", () => {
    const zones = edit(shippedYaml, ingress("hostedZones: { example.com: Z1, dev.example.com: Z2 }"));
    const host = (text: string) => edit(zones, ["port: 10012", `port: 10012\n    host: ${text}`]);
    expect(faultsIn(host("[a.example.com, '*.example.org', '{environment}.example.com']"))).toEqual([]);
    expect(faultsIn(host("[a.example.com, a.example.org]"))).toEqual([
      expect.stringMatching(
        /host: expected a host in one of the hosted zones of dev: example\.com, dev\.example\.com, got "a\.example\.org"/,
      ),
    ]);
  });

  it("has a warning for HTTP that nobody asked for", () => {
    const textsOf = (...edits: (readonly [string, string])[]) =>
      plainHttp(configOf(edit(shippedYaml, ...edits))).map(({ text }) => text);
    expect(textsOf(ingress("http: false"))).toEqual([expect.stringContaining("plain HTTP")]);
    expect(textsOf()).toEqual([]);
    expect(textsOf(ingress(`certificateArn: "${CERTIFICATE}"`))).toEqual([]);
  });
});
