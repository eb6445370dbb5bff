import type { Rule } from "./rule";

export const listenerMoved: Rule = {
  name: "listener-moved",
  finds: "a listener changes its port or protocol in place",
  fact: "ModifyListener changes both without a replacement, so the plan shows a harmless update. Clients of the old port or protocol fail at once.",
  see: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html",
  judge(change, plan) {
    const { after, before, changed, kind, type } = change;
    if (!/^aws_a?lb_listener$/.test(type) || kind !== "update") return undefined;
    const judged = changed.filter((key) => key === "port" || key === "protocol");
    if (judged.length === 0) return undefined;
    const { load_balancer_arn: loadBalancer, port } = before;
    const successor = plan
      .ofType(type)
      .some(
        (other) =>
          other.kind === "create" &&
          other.after.port === port &&
          other.after.load_balancer_arn === loadBalancer,
      );
    if (judged.some((key) => change.isUnknown(key)))
      return { verdict: "look", why: "the new port or protocol is known only at apply", judged };
    const details = judged.map((key) => `${key}: ${String(before[key])} to ${String(after[key])}`);
    return successor && judged.includes("port")
      ? { verdict: "look", why: "moves to another port; a new listener takes the old one", details, judged }
      : {
          verdict: "dangerous",
          why: `changes ${judged.join(" and ")} in place: clients of the old one fail`,
          details,
          judged,
        };
  },
};
