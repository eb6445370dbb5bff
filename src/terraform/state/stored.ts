import {
  GetObjectCommand,
  NoSuchBucket,
  NoSuchKey,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";

/** A state as Terraform stores it, as far as it is read here. */
export interface StoredState {
  /** Chosen when the state begins. */
  readonly lineage: string;
  /** One more with each change. */
  readonly serial: number;
  readonly outputs?: Readonly<Record<string, { readonly value: unknown } | undefined>>;
  readonly resources?: readonly unknown[];
}

/** The content of an object; undefined if there is none. */
export async function readObject(s3: S3Client, bucket: string, key: string): Promise<string | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof NoSuchBucket) return undefined;
    throw error;
  }
}

/** A state; undefined if there is none. */
export async function readState(s3: S3Client, bucket: string, key: string): Promise<StoredState | undefined> {
  const text = await readObject(s3, bucket, key);
  return text === undefined || text === "" ? undefined : (JSON.parse(text) as StoredState);
}

/** The names of the stacks that have a state below a prefix of the bucket. */
export async function storedStacks(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const names: string[] = [];
  const query = { Bucket: bucket, Prefix: `${prefix}/` };
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, query))
    for (const { Key = "" } of Contents) {
      const [, name] = /^([^/]+)\.tfstate$/.exec(Key.slice(prefix.length + 1)) ?? [];
      if (name !== undefined) names.push(name);
    }
  return names;
}
