import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { InputError } from "../../errors";
import { reviewFolder } from "../files";
import { join } from "node:path";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const stackSchema = z.strictObject({
  name: z.string(),
  /** exact: the plan file is kept and applied. predicted: planned again after `restsOn`. stubbed: not applied. */
  kind: z.enum(["exact", "predicted", "stubbed"]),
  restsOn: z.array(z.string()),
  /** Of the synthesized stack. */
  configuration: hash,
  /** Of each change, by its address. */
  changes: z.record(z.string(), hash),
  /** Addresses of dangerous changes. */
  dangerous: z.array(z.string()),
  /** Of the outputs that it reads, by the stack that has them. */
  inputs: z.record(z.string(), hash),
  /** Of Terraform's lock file of providers. */
  lockFile: hash.nullable(),
  /** The kept plan file, and the state that it was made from. A stack without a state has no lineage yet. */
  plan: z.strictObject({ sha256: hash, lineage: z.string(), serial: z.number() }).nullable(),
});

const recordSchema = z.strictObject({
  version: z.literal(1),
  /** The Git commit, which is not compared: a merge always has another. */
  commit: z.string().nullable(),
  /** States of stacks that the configuration does not have. */
  unplanned: z.array(z.string()),
  stacks: z.array(stackSchema),
});

/** What was reviewed: `apply` applies nothing else. It holds digests and addresses, no values. */
export type ReviewRecord = z.infer<typeof recordSchema>;
export type ReviewedStack = z.infer<typeof stackSchema>;

export const recordFile = (outdir: string) => join(reviewFolder(outdir), "record.json");

export const writeRecord = (outdir: string, record: ReviewRecord): void => {
  writeFileSync(recordFile(outdir), `${JSON.stringify(record, undefined, 2)}\n`);
};

/** @throws InputError if there is none, or the file is not one. */
export function readRecord(file: string): ReviewRecord {
  if (!existsSync(file))
    throw new InputError(`${file}: no such file: nothing was reviewed`, "to review: npx codeseries review");
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new InputError(`${file}: expected the record of a review, got text that is not JSON`);
  }
  const { data, error } = recordSchema.safeParse(json);
  if (data) return data;
  const { message, path } = error.issues[0] ?? { message: "another form", path: [] };
  throw new InputError(
    `${file}: expected the record of a review, but ${path.join(".") || "it"} has another form: ${message}`,
    "review again: npx codeseries review",
  );
}
