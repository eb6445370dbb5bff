import type { Parties } from "../../parties";
import { ANY } from "../difference";
import type { Wire } from "./wire";

/** The repositories that are made here: one a service, whatever it is delivered to. */
export function repositoryWires(deliveries: readonly Parties[]): Wire[] {
  const own = deliveries.filter(({ connection }) => connection === undefined);
  const names = new Set(own.map(({ names: { repository } }) => repository));
  return [...names].map((name) => ({
    account: own[0]?.shared ?? "",
    type: "aws_codecommit_repository",
    by: ["repository_name"],
    block: { repository_name: name, lifecycle: ANY },
  }));
}
