import { isValidCIDR, parseCIDR } from "ipaddr.js";
import type { Change } from "../plan/change";
import { blocksOf, textsOf, type Values } from "../plan/values";

/** What one rule of a security group lets through: one direction, range of ports and source or destination. */
export interface Opening {
  readonly direction: "ingress" | "egress";
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** A CIDR, or the id of a group or a prefix list. */
  readonly peer: string;
}

const RULES: Readonly<Record<string, Opening["direction"] | undefined>> = {
  aws_vpc_security_group_ingress_rule: "ingress",
  aws_vpc_security_group_egress_rule: "egress",
};
export const GROUPS = ["aws_security_group", "aws_default_security_group"];
export const TYPES = [...Object.keys(RULES), "aws_security_group_rule", ...GROUPS];

export const hasOpenings = ({ type }: Change) => TYPES.includes(type);

/** Attributes that decide what is let through. */
export const OPENING_ATTRIBUTES = [
  "cidr_blocks",
  "cidr_ipv4",
  "cidr_ipv6",
  "egress",
  "from_port",
  "ingress",
  "ip_protocol",
  "ipv6_cidr_blocks",
  "prefix_list_id",
  "prefix_list_ids",
  "protocol",
  "referenced_security_group_id",
  "self",
  "source_security_group_id",
  "to_port",
];

const PEERS = [
  ...["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks", "prefix_list_id", "prefix_list_ids"],
  ...["referenced_security_group_id", "source_security_group_id", "security_groups"],
];

/** What a rule, or a group with rules of its own, lets through. */
export function openingsOf({ type }: Change, values: Values): readonly Opening[] {
  if (GROUPS.includes(type))
    return (["ingress", "egress"] as const).flatMap((direction) =>
      blocksOf(values[direction]).flatMap((block) => openingsIn(block, direction)),
    );
  const direction = RULES[type] ?? (values.type === "egress" ? "egress" : "ingress");
  return openingsIn(values, direction);
}

function openingsIn(values: Values, direction: Opening["direction"]): readonly Opening[] {
  const protocol = (textsOf([values.ip_protocol, values.protocol])[0] ?? "-1").toLowerCase();
  const all = protocol === "-1" || protocol === "all";
  const [from, to] = all ? [0, 65_535] : [Number(values.from_port ?? 0), Number(values.to_port ?? 65_535)];
  const peers = [...PEERS.flatMap((key) => textsOf(values[key])), ...(values.self === true ? ["self"] : [])];
  return peers
    .filter((peer) => peer !== "")
    .map((peer) => ({ direction, protocol: all ? "all" : protocol, from, to, peer }));
}

export const isEverybody = ({ peer }: Opening) => peer === "0.0.0.0/0" || peer === "::/0";

export const isCidr = ({ peer }: Opening) => peer.includes("/");

function coversPeer(outer: string, inner: string): boolean {
  if (outer === inner) return true;
  if (!outer.includes("/") || !inner.includes("/")) return false;
  const [network, address] = [networkOf(outer), networkOf(inner)];
  if (!network || !address || network[0].kind() !== address[0].kind()) return false;
  return network[1] <= address[1] && address[0].match(network[0], network[1]);
}

type Network = ReturnType<typeof parseCIDR>;
const NETWORKS = new Map<string, Network | undefined>();

/** Parsed once, because a group with many rules is compared with itself. */
function networkOf(cidr: string): Network | undefined {
  if (!NETWORKS.has(cidr)) NETWORKS.set(cidr, isValidCIDR(cidr) ? parseCIDR(cidr) : undefined);
  return NETWORKS.get(cidr);
}

const coversPorts = (outer: Opening, inner: Opening) =>
  (outer.protocol === "all" || outer.protocol === inner.protocol) &&
  outer.from <= inner.from &&
  outer.to >= inner.to;

/** Whether one lets through all that the other lets through. */
export const admits = (outer: Opening, inner: Opening) =>
  outer.direction === inner.direction && coversPorts(outer, inner) && coversPeer(outer.peer, inner.peer);

/** Whether one lets through a part of what the other lets through. */
export const overlaps = (one: Opening, other: Opening) =>
  one.direction === other.direction &&
  (one.protocol === other.protocol || one.protocol === "all" || other.protocol === "all") &&
  one.from <= other.to &&
  other.from <= one.to &&
  (coversPeer(one.peer, other.peer) || coversPeer(other.peer, one.peer));

export const showOpening = ({ from, peer, protocol, to }: Opening) =>
  `${peer} ${protocol === "all" ? "all ports" : `${protocol} ${from === to ? from : `${from}-${to}`}`}`;
