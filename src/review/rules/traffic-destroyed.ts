import { blocksOf } from "../plan/values";
import { carries } from "./kinds";
import type { Rule } from "./rule";

const LISTENERS = ["aws_lb_listener", "aws_alb_listener", "aws_lb_listener_rule", "aws_alb_listener_rule"];

export const trafficDestroyed: Rule = {
  name: "traffic-destroyed",
  finds:
    "a load balancer, listener, rule, target group, service, cluster or part of the network is destroyed or replaced",
  fact: "Requests fail from the destroy until the successor is ready. A new load balancer has another DNS name, and a new NAT gateway another address.",
  see: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html",
  judge(change) {
    const { before, deposed, ends, kind, type } = change;
    if (!ends || carries(type) !== "traffic") return undefined;
    if (deposed) return { verdict: "look", why: "destroyed: what an earlier replacement has left" };
    if (type === "aws_acm_certificate" && change.actions[0] === "create")
      return { verdict: "look", why: "replaced: listeners take the new one before the old one goes" };
    const actions = blocksOf(before.default_action ?? before.action);
    const redirects = actions.length > 0 && actions.every((action) => action.type === "redirect");
    if (LISTENERS.includes(type) && redirects)
      return { verdict: "look", why: "only a redirect ends: clients of the old address get an error" };
    return {
      verdict: "dangerous",
      why:
        kind === "replace"
          ? "replaced: its traffic fails until the successor is ready"
          : "destroyed: its traffic ends",
    };
  },
};
