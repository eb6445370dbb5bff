import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parsePolicy, type PolicyJson } from "../../src/permissions/read/policy-json";

/** A policy of the post that the project started from. */
export const seed = (name: string): PolicyJson => {
  const file = join(__dirname, "..", "fixtures", "seed", `${name}.json`);
  return parsePolicy(readFileSync(file, "utf8"), file);
};

export const SHARED = "202949997891";
export const bucket = "arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam";
export const key = `arn:aws:kms:ap-northeast-2:${SHARED}:key/11112222-71d6-4265-9dab-111122223333`;
export const pipelineRole = `arn:aws:iam::${SHARED}:role/service-role/bys-shared-iam-cdpl-awssdk-iam-role`;
