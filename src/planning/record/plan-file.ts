import { existsSync, readFileSync } from "node:fs";
import { readEntry, UnreadableArchive } from "../../read-entry";
import { sha256 } from "./digest";

/** A state of 256 MB has some 100,000 resources. */
const MAX_STATE_BYTES = 256 * 1024 * 1024;

/** A saved plan: its digest, and the state that it was made from. */
export interface PlanFacts {
  readonly sha256: string;
  /** Empty if there was no state. */
  readonly lineage: string;
  readonly serial: number;
}

/** Of a file that is no plan. */
const UNREADABLE = { lineage: "", serial: -1 };

/**
 * What a plan file says of itself. It is a ZIP archive; its JSON has neither lineage nor serial.
 *
 * @returns undefined if there is no such file.
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/plans/planfile/doc.go
 */
export async function planFacts(file: string): Promise<PlanFacts | undefined> {
  if (!existsSync(file)) return undefined;
  const archive = readFileSync(file);
  return { sha256: sha256(archive), ...(await stateIn(archive)) };
}

async function stateIn(archive: Buffer): Promise<Omit<PlanFacts, "sha256">> {
  try {
    const state = await readEntry(archive, "tfstate", MAX_STATE_BYTES);
    if (state === undefined) return UNREADABLE;
    const { lineage, serial } = JSON.parse(state.toString()) as { lineage: string; serial: number };
    return { lineage, serial };
  } catch (error) {
    if (error instanceof UnreadableArchive || error instanceof SyntaxError) return UNREADABLE;
    throw error;
  }
}
