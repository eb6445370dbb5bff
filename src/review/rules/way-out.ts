import type { Change } from "../plan/change";
import { blocksOf, isEmpty, type Values } from "../plan/values";
import type { Rule } from "./rule";

const DESTINATIONS = [
  "cidr_block",
  "ipv6_cidr_block",
  "destination_prefix_list_id",
  "destination_cidr_block",
];
const EVERYWHERE = ["0.0.0.0/0", "::/0"];

export const wayOut: Rule = {
  name: "way-out",
  finds: "a route table loses a route, or a network setting that tasks need changes",
  fact: "Tasks in the table's subnets lose the way to what the route led to: images, secrets, logs, other services. No change of the service shows it.",
  see: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
  judge(change) {
    if (change.kind !== "update") return undefined;
    if (change.type === "aws_vpc") return judgeVpc(change);
    if (!["aws_route_table", "aws_default_route_table"].includes(change.type)) return undefined;
    if (!change.changed.includes("route")) return undefined;
    const judged = ["route"];
    const next = new Map(routesOf(change.after));
    const lost = routesOf(change.before).filter(([destination]) => !next.has(destination));
    const details = lost.map(([destination]) => `no route to ${destination}`);
    if (lost.some(([destination]) => EVERYWHERE.includes(destination)) && !change.isUnknown("route"))
      return {
        verdict: "dangerous",
        why: "the default route goes: tasks behind it lose their way out",
        details,
        judged,
      };
    return { verdict: "look", why: "traffic takes another route, or a destination is lost", details, judged };
  },
};

const routesOf = ({ route }: Values): readonly (readonly [string, Values])[] =>
  blocksOf(route).map((block) => {
    const destination = DESTINATIONS.map((key) => block[key]).find((value) => !isEmpty(value));
    return [typeof destination === "string" ? destination : "", block] as const;
  });

function judgeVpc({ after, before, changed }: Change) {
  const judged = changed.filter((key) => key === "enable_dns_support" || key === "enable_dns_hostnames");
  const off = judged.filter((key) => before[key] === true && after[key] !== true);
  if (off.length === 0) return undefined;
  return {
    verdict: "dangerous" as const,
    why: `${off.join(" and ")} ends: tasks cannot resolve names`,
    judged,
  };
}
