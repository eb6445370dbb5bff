import { Failure } from "../../errors";
import type { Outside } from "./outside";

/** What the embedded AWS does not look at, so that it needs none. */
const UNSEEN = ["connection"];

/**
 * Makes a stand-in in the embedded AWS of everything that is not there.
 *
 * @param url of the embedded AWS.
 * @returns everything that is a stand-in.
 * @throws Failure if the embedded AWS refuses one.
 */
export async function ensureStandIns(url: string, outside: readonly Outside[]): Promise<Outside[]> {
  const wanted = outside.filter(({ kind }) => !UNSEEN.includes(kind));
  const response = await fetch(`${url}/codeseries/stand-ins`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(wanted),
  });
  if (!response.ok)
    throw new Failure(`the embedded AWS has no stand-in for this configuration: ${await response.text()}`);
  const isStandIn = (await response.json()) as boolean[];
  return wanted.filter((_, index) => isStandIn[index]);
}
