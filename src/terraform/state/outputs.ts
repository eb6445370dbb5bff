import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { stateKey } from "../../system/state";

/** The outputs of a deployed stack, by name. */
export type StackOutputs = ReadonlyMap<string, unknown>;

/** Reads the outputs in a stack's state. */
export async function readOutputs(s3: S3Client, bucket: string, stack: string): Promise<StackOutputs> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: stateKey(stack) }));
  const state = JSON.parse((await Body?.transformToString()) ?? "{}") as {
    outputs?: Record<string, { value: unknown }>;
  };
  return new Map(Object.entries(state.outputs ?? {}).map(([name, { value }]) => [name, value]));
}
