import { Failure } from "../../errors";
import type { Outside } from "./outside";

/** The embedded AWS looks at no connection: the repository that one reaches is a local one. */
const WITHOUT_API = ["connection"];

/**
 * Makes a stand-in in the embedded AWS of everything that is not there.
 *
 * @param url of the embedded AWS.
 * @returns everything that is a stand-in.
 * @throws Failure if the embedded AWS refuses one.
 */
export async function ensureStandIns(url: string, outside: readonly Outside[]): Promise<Outside[]> {
  const wanted = outside.filter(({ kind }) => !WITHOUT_API.includes(kind));
  const response = await fetch(`${url}/codeseries/stand-ins`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(wanted),
  });
  if (!response.ok)
    throw new Failure(`the embedded AWS has no stand-in for this configuration: ${await response.text()}`);
  const isStandIn = (await response.json()) as boolean[];
  return outside.filter((one) => WITHOUT_API.includes(one.kind) || isStandIn[wanted.indexOf(one)]);
}
