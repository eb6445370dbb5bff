import type { Rule } from "./rule";
import { judgeSettings, turnsOff } from "./weaker";

/** The oldest version of TLS that a policy of load balancers accepts. */
function oldestVersion(policy: unknown): number {
  const name = typeof policy === "string" ? policy : "";
  const [, minor] = /(?:TLS|TLS13|FS)-1-([0-3])/.exec(name) ?? [];
  return minor === undefined ? 0 : Number(minor);
}

export const tlsWeakened: Rule = {
  name: "tls-weakened",
  finds: "older versions of TLS are accepted, or requests are no longer encrypted or checked",
  fact: "The policy of a listener decides the oldest version: ELBSecurityPolicy-TLS13-1-2 accepts 1.2, ELBSecurityPolicy-2016-08 accepts 1.0.",
  see: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
  judge: judgeSettings([
    {
      types: ["aws_lb_listener", "aws_alb_listener"],
      path: "ssl_policy",
      // Policies of one version differ in their ciphers.
      weaker: (before, after) =>
        oldestVersion(after) === oldestVersion(before)
          ? "look"
          : oldestVersion(after) < oldestVersion(before),
      lost: "older versions of TLS are accepted",
    },
    {
      types: ["aws_lb_listener", "aws_alb_listener", "aws_lb_target_group"],
      path: "protocol",
      weaker: (before, after) => before === "HTTPS" && after !== before,
      lost: "requests are no longer encrypted",
    },
    {
      types: ["aws_lb"],
      path: "drop_invalid_header_fields",
      weaker: turnsOff,
      lost: "invalid header fields reach the tasks",
    },
    {
      path: "minimum_tls_version",
      weaker: (before, after) => String(after) < String(before),
      lost: "older versions of TLS are accepted",
    },
  ]),
};
