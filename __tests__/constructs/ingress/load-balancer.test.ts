import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformOutput } from "cdktf";
import { LoadBalancer, type LoadBalancerProps } from "../../../src/constructs/ingress/load-balancer";
import { all, synth, theOnly, type Stack } from "../../support/synth";

const props: LoadBalancerProps = {
  loadBalancerName: "bys-dev-alb-main",
  securityGroupName: "bys-dev-sg-alb-main",
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0b1c2d3e4f5061728", "subnet-0c1d2e3f405162738"],
  internal: false,
  deletionProtection: true,
  idleTimeoutSeconds: 60,
  dropInvalidHeaders: true,
  additionalCertificateArns: [],
  tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
  allowFrom: { "0.0.0.0-0": "0.0.0.0/0" },
  testPort: 8443,
  testTrafficFrom: { network: "10.10.0.0/16", "nat-0": "203.0.113.7/32" },
};
const certificateArn =
  "arn:aws:acm:ap-northeast-2:558846431111:certificate/6f1e2d3c-4b5a-4978-8a9b-0c1d2e3f4a5b";
const targetGroup = "arn:aws:elasticloadbalancing:ap-northeast-2:558846431111:targetgroup/bys-dev-tg-web";
const defaultTargetGroups = {
  blue: { arn: `${targetGroup}-blue/73e2d6bc24d8a067` },
  green: { arn: `${targetGroup}-green/8e3a1c5d7f902b46` },
};

const build = (overrides: Partial<LoadBalancerProps> = {}) =>
  synth((scope) => {
    const { productionListener, testListener } = new LoadBalancer(scope, "ingress", {
      ...props,
      ...overrides,
    });
    const listeners = [productionListener.port, testListener.port];
    new TerraformOutput(scope, "listeners", { value: listeners, staticId: true });
  });

const listenerOn = (port: number, stack: Stack) =>
  all(stack, LbListener).find((listener) => listener.port === port);

/** Who may reach which port. */
const ways = (stack: Stack) =>
  all(stack, VpcSecurityGroupIngressRule).map(
    ({ cidr_ipv4: from, from_port: port, prefix_list_id: list }) => `${String(from ?? list)} ${String(port)}`,
  );

const plain = build();
const secured = build({ certificateArn });

describe("LoadBalancer", () => {
  it.each([60, 4000])("closes connections that are idle for %d seconds", (idleTimeoutSeconds) => {
    expect(theOnly(build({ idleTimeoutSeconds }), Lb).idle_timeout).toBe(idleTimeoutSeconds);
  });

  it("faces the internet, in the subnets and the VPC it is given", () => {
    expect(theOnly(plain, Lb)).toMatchObject({
      name: "bys-dev-alb-main",
      load_balancer_type: "application",
      internal: false,
      subnets: ["subnet-0b1c2d3e4f5061728", "subnet-0c1d2e3f405162738"],
    });
    expect(theOnly(plain, SecurityGroup)).toMatchObject({
      name: "bys-dev-sg-alb-main",
      vpc_id: "vpc-0a1b2c3d4e5f60718",
    });
  });

  it("stands in its own security group only", () => {
    expect(theOnly(plain, Lb).security_groups).toEqual([
      expect.stringMatching(/^\$\{aws_security_group\.ingress_security-group_\w+\.id\}$/),
    ]);
  });

  it("drops headers that could smuggle a request", () => {
    expect(theOnly(plain, Lb).drop_invalid_header_fields).toBe(true);
  });

  it.each([true, false])("is protected from deletion when it shall be (%s)", (deletionProtection) => {
    expect(theOnly(build({ deletionProtection }), Lb).enable_deletion_protection).toBe(deletionProtection);
  });

  it("reaches nothing until a service lets it", () => {
    expect(all(secured, VpcSecurityGroupEgressRule)).toEqual([]);
    expect(theOnly(secured, SecurityGroup)).not.toHaveProperty("egress");
  });

  it("takes no traffic beside its ingress rules, which are TCP on one port each", () => {
    expect(theOnly(secured, SecurityGroup)).not.toHaveProperty("ingress");
    for (const rule of all(secured, VpcSecurityGroupIngressRule)) {
      expect(rule.ip_protocol).toBe("tcp");
      expect(rule.to_port).toBe(rule.from_port);
      expect(rule.security_group_id).toMatch(/^\$\{aws_security_group\.ingress_security-group_\w+\.id\}$/);
    }
  });

  describe("without a certificate", () => {
    it("serves HTTP on 80, and tests on the test port", () => {
      expect(all(plain, LbListener)).toHaveLength(2);
      expect(listenerOn(80, plain)?.protocol).toBe("HTTP");
      expect(listenerOn(8443, plain)?.protocol).toBe("HTTP");
    });

    it("redirects nobody", () => {
      expect(JSON.stringify(all(plain, LbListener))).not.toContain("redirect");
    });

    it("opens 80 to the world, and the test port only to its networks", () => {
      expect(ways(plain)).toEqual(["0.0.0.0/0 80", "203.0.113.7/32 8443", "10.10.0.0/16 8443"]);
    });
  });

  describe("with a certificate", () => {
    it.each([443, 8443])("serves HTTPS on %d, with TLS 1.2 and 1.3 and nothing older", (port) => {
      expect(listenerOn(port, secured)).toMatchObject({
        protocol: "HTTPS",
        certificate_arn: certificateArn,
        ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      });
    });

    it("redirects HTTP to HTTPS for good", () => {
      expect(listenerOn(80, secured)?.default_action).toEqual([
        { type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } },
      ]);
    });

    it("opens 80 and 443 to the world, and the test port only to its networks", () => {
      expect(ways(secured)).toEqual([
        "0.0.0.0/0 80",
        "0.0.0.0/0 443",
        "203.0.113.7/32 8443",
        "10.10.0.0/16 8443",
      ]);
    });
  });

  describe.each([
    ["without", plain],
    ["with", secured],
  ])("%s a certificate", (_, stack) => {
    it("never opens the test port to the world", () => {
      expect(ways(stack)).not.toContain("0.0.0.0/0 8443");
      expect(JSON.stringify(all(stack, VpcSecurityGroupIngressRule))).not.toContain("::/0");
    });
  });

  it("is internal when it shall be", () => {
    expect(theOnly(build({ internal: true }), Lb).internal).toBe(true);
  });

  it("keeps all headers when it shall", () => {
    expect(theOnly(build({ dropInvalidHeaders: false }), Lb).drop_invalid_header_fields).toBe(false);
  });

  it("lets in networks and prefix lists in place of everybody, on both ports of production", () => {
    const allowFrom = { "198.51.100.0-24": "198.51.100.0/24", "pl-12345678": "pl-12345678" };
    const stack = build({ certificateArn, allowFrom, testTrafficFrom: {} });
    expect(ways(stack).sort()).toEqual([
      "198.51.100.0/24 443",
      "198.51.100.0/24 80",
      "pl-12345678 443",
      "pl-12345678 80",
    ]);
  });

  it("keeps the addresses of the rules for everybody, so that an upgrade does not make them anew", () => {
    expect(Object.keys(secured.resource?.aws_vpc_security_group_ingress_rule ?? {}).sort()).toEqual([
      "ingress_ingress-http_3C066775",
      "ingress_ingress-https_8D61CB4B",
      "ingress_ingress-test-nat-0_555C8A10",
      "ingress_ingress-test-network_55900001",
    ]);
  });

  it("has more certificates and another policy on both listeners", () => {
    const stack = build({
      certificateArn,
      additionalCertificateArns: [
        "arn:aws:acm:ap-northeast-2:558846431111:certificate/1a",
        "arn:aws:acm:ap-northeast-2:558846431111:certificate/2b",
      ],
      tlsPolicy: "ELBSecurityPolicy-FS-1-2-Res-2020-10",
    });
    expect(all(stack, LbListenerCertificate)).toHaveLength(4);
    expect(listenerOn(443, stack)?.ssl_policy).toBe("ELBSecurityPolicy-FS-1-2-Res-2020-10");
    expect(listenerOn(8443, stack)?.ssl_policy).toBe("ELBSecurityPolicy-FS-1-2-Res-2020-10");
  });

  it("lets nobody reach the test listener when no network may", () => {
    expect(ways(build({ testTrafficFrom: {} }))).toEqual(["0.0.0.0/0 80"]);
  });

  it("hands on the listeners that CodeDeploy works with, never the redirect", () => {
    expect(plain.output?.listeners?.value).toEqual([
      expect.stringMatching(/^\$\{aws_lb_listener\.ingress_production-listener_\w+\.port\}$/),
      expect.stringMatching(/^\$\{aws_lb_listener\.ingress_test-listener_\w+\.port\}$/),
    ]);
  });

  it.each([80, 8443])("leaves the default action on %d, and nothing else, to CodeDeploy", (port) => {
    expect(listenerOn(port, plain)?.lifecycle).toEqual({ ignore_changes: ["default_action"] });
  });

  it("keeps the redirect as it is: CodeDeploy never touches it", () => {
    expect(listenerOn(80, secured)).not.toHaveProperty("lifecycle");
  });

  it.each([80, 8443])("answers 404 on %d to what no rule takes", (port) => {
    expect(listenerOn(port, plain)?.default_action).toEqual([
      { type: "fixed-response", fixed_response: { status_code: "404", content_type: "text/plain" } },
    ]);
  });

  it("starts with production traffic on the blue default group and test traffic on the green one", () => {
    const stack = build({ defaultTargetGroups });
    expect(listenerOn(80, stack)?.default_action).toEqual([
      { type: "forward", target_group_arn: defaultTargetGroups.blue.arn },
    ]);
    expect(listenerOn(8443, stack)?.default_action).toEqual([
      { type: "forward", target_group_arn: defaultTargetGroups.green.arn },
    ]);
  });

  it("writes no access logs by default", () => {
    expect(theOnly(plain, Lb)).not.toHaveProperty("access_logs");
    expect(theOnly(plain, Lb)).not.toHaveProperty("depends_on");
  });

  it("writes access logs once their bucket takes them", () => {
    const accessLogs = {
      bucketName: "bys-dev-s3-alb-logs",
      ready: [{ fqn: "aws_s3_bucket_policy.access-logs" }],
    };
    expect(theOnly(build({ accessLogs }), Lb)).toMatchObject({
      access_logs: { bucket: "bys-dev-s3-alb-logs", enabled: true },
      depends_on: ["aws_s3_bucket_policy.access-logs"],
    });
  });
});
