import { Lb } from "@cdktf/provider-aws/lib/lb";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { edit, shippedYaml } from "../support/faults";
import { all, theOnly } from "../support/synth";
import { configOf, synthApp } from "../support/synth-app";

const CERTIFICATE = "arn:aws:acm:ap-northeast-2:558846431111:certificate/1234abcd";
type Edit = readonly [string, string];
const stacksOf = (...edits: Edit[]) => synthApp(configOf(edit(shippedYaml, ...edits)));
const devOf = (...edits: Edit[]) => stacksOf(...edits).dev ?? { terraform: { backend: {} }, provider: {} };
const ingress = (text: string): Edit => ["ingress: { http: true }", `ingress: { ${text} }`];
const hosts = (text: string): Edit => ["port: 10012", `port: 10012\n    host: ${text}`];
const PRD: Edit = [
  "\nservices:",
  "  prd: { account: dev, branch: main, cluster: shop, protect: false, network: { cidr: 10.20.0.0/16 } }\n\nservices:",
];
const inPrd = (text: string): Edit => ["    environments:\n", `    environments:\n      prd: ${text}\n`];

describe("the load balancer of an environment", () => {
  it("is in the public subnets, or in the private ones if it is internal", () => {
    const subnetsOf = (...edits: Edit[]) => JSON.stringify(theOnly(devOf(...edits), Lb).subnets);
    expect(subnetsOf()).toMatch(/public-subnet-0.*public-subnet-1/);
    expect(subnetsOf(ingress("internal: true"))).toMatch(/private-subnet-0.*private-subnet-1/);
  });

  it("has a URL of plain HTTP by its own name, or of HTTPS by the first host", () => {
    const urlOf = (...edits: Edit[]) => devOf(...edits).output?.load_balancer_url?.value;
    expect(urlOf(hosts("api.example.com"))).toMatch(/^http:\/\/\$\{aws_lb\..*\.dns_name\}$/);
    expect(
      urlOf(ingress(`certificateArn: "${CERTIFICATE}"`), hosts("['*.example.com', api.example.com]")),
    ).toBe("https://api.example.com");
  });

  it("has a record for each host that is a name, in the zone of its longest domain", () => {
    const dev = devOf(
      ingress("hostedZones: { example.com: Z1, dev.example.com: Z2 }"),
      hosts("[api.example.com, '{environment}.example.com', '*.example.com']"),
    );
    expect(all(dev, Route53Record).map(({ name, type, zone_id }) => [name, type, zone_id])).toEqual([
      ["api.example.com", "A", "Z1"],
      ["dev.example.com", "A", "Z2"],
    ]);
    expect(all(devOf(hosts("api.example.com")), Route53Record)).toEqual([]);
  });
});

describe("an environment that overrides", () => {
  it("a service with false has nothing of it, nor has the shared account for it", () => {
    const { prd, shared } = stacksOf(PRD, inPrd("false"));
    expect(Object.keys(prd?.resource ?? {})).not.toContain("aws_ecs_service");
    expect(Object.keys(prd?.resource ?? {})).toContain("aws_lb");
    expect(Object.keys(shared?.resource?.aws_codepipeline ?? {})).toHaveLength(1);
  });

  it("the branch gives it to trigger, source action and build", () => {
    const { shared } = stacksOf(PRD, inPrd("{ branch: release }"));
    expect(JSON.stringify(shared?.resource)).not.toContain('"main"');
    expect(JSON.stringify(shared?.resource?.aws_codepipeline)).toContain('"BranchName":"release"');
    expect(JSON.stringify(shared?.resource?.aws_codebuild_project)).toContain('"value":"release"');
    expect(JSON.stringify(shared?.resource?.aws_cloudwatch_event_rule)).toContain("release");
  });
});

describe("the subnets of an existing network", () => {
  const existing: Edit = [
    "cidr: 10.10.0.0/16",
    "vpcId: vpc-12345678\n      publicSubnetIds: [subnet-12345671, subnet-12345672]\n      privateSubnetIds: [subnet-12345673, subnet-12345674]",
  ];
  const subnetsOf = (text: string) => Object.values(devOf(existing, ingress(text)).data?.aws_subnet ?? {});

  it("fail the plan if tasks could run in a zone that the load balancer does not have", () => {
    const conditions = subnetsOf("testTrafficFrom: [203.0.113.7/32]").map(({ id, lifecycle }) => [
      id,
      JSON.stringify({ lifecycle }).match(/contains\(.*?\)/)?.[0],
    ]);
    const condition = expect.stringMatching(
      /^contains\(\[data\.aws_subnet\.\S*_subnet-12345671_\w+\.availability_zone, data\.aws_subnet\.\S*_subnet-12345672_\w+\.availability_zone\], self\.availability_zone\)$/,
    ) as unknown;
    expect(conditions).toEqual([
      ["subnet-12345671", undefined],
      ["subnet-12345672", undefined],
      ["subnet-12345673", condition],
      ["subnet-12345674", condition],
    ]);
  });

  it("are not read for an internal load balancer, which is in the subnets of the tasks", () => {
    expect(subnetsOf("internal: true")).toEqual([]);
  });
});

describe("a change of a service", () => {
  const securityRulesOf = (...edits: Edit[]) => {
    const { resource } = devOf(...edits);
    return [resource?.aws_vpc_security_group_egress_rule, resource?.aws_vpc_security_group_ingress_rule];
  };

  it("of the port changes no security group rule, so running tasks stay reachable", () => {
    expect(securityRulesOf(["port: 10012", "port: 8080"])).toEqual(securityRulesOf());
  });

  it("of the names of target groups is ignored by the groups and by their alarms", () => {
    const { resource } = devOf();
    for (const type of ["aws_lb_target_group", "aws_cloudwatch_metric_alarm"])
      for (const { lifecycle } of Object.values(resource?.[type] ?? {}))
        expect(JSON.stringify(lifecycle)).toMatch(/"(alarm_)?name"/);
  });

  it("by a host at the end of the list leaves the address of its first rules, which keep their action", () => {
    const idsOf = (...edits: Edit[]) => Object.keys(devOf(...edits).resource?.aws_lb_listener_rule ?? {});
    expect(idsOf(hosts("[a.example.com, b.example.com, '*.example.com']"))).toEqual(
      expect.arrayContaining(idsOf(hosts("[a.example.com]"))),
    );
  });
});
