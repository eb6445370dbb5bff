import { z } from "zod";

/** The id of an account whose id is missing or wrong. No AWS account has it. */
export const UNKNOWN_ACCOUNT = "000000000000";

/**
 * Placeholders for required keys that are missing or wrong. They are valid and unlikely in a real file, so
 * that a check of several keys rarely reports a second fault because of them.
 */
const STAND_INS: Readonly<Record<string, unknown>> = {
  organization: "o",
  region: "us-east-1",
  id: UNKNOWN_ACCOUNT,
  "accounts.*": { id: UNKNOWN_ACCOUNT },
  bucket: "codeseries-stand-in",
  branch: "codeseries-stand-in",
  cluster: "c",
  network: { vpcId: "vpc-00000000", publicSubnetIds: [], privateSubnetIds: [] },
  cidr: "0.0.0.0/32",
  config: "CodeDeployDefault.ECSAllAtOnce",
  path: "/codeseries/stand-in",
  healthCheckPath: "/",
  image: "codeseries-stand-in",
  port: 1,
  state: { bucket: "codeseries-stand-in" },
  accounts: {},
  environments: {},
  services: {},
  canary: { percent: 1, minutes: 1 },
  linear: { percent: 99, minutes: 1 },
  percent: 99,
  minutes: 3,
  min: 1,
  max: 5000,
};

/**
 * A schema that refuses no value: a wrong value is replaced by its default or by a placeholder. Checks
 * that compare several keys run on the result, so that a file shows every fault at once.
 */
export function lenient(schema: z.ZodType, key = ""): z.ZodType {
  const standIn = () => structuredClone(STAND_INS[key]);
  const mapping = (lenientSchema: z.ZodType<Record<string, unknown>>) =>
    lenientSchema.transform(withoutUndefined).catch(standIn as never);
  if (schema instanceof z.ZodObject) {
    const keys = Object.entries<z.ZodType>(schema.shape);
    return mapping(z.object(Object.fromEntries(keys.map(([name, value]) => [name, lenient(value, name)]))));
  }
  if (schema instanceof z.ZodRecord)
    return mapping(z.record(z.string(), lenient(schema.valueType as z.ZodType, `${key}.*`)));
  if (schema instanceof z.ZodOptional)
    return lenient(schema.unwrap() as z.ZodType, key)
      .optional()
      .catch(undefined);
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    const value = schema.parse(undefined);
    return lenient(schema.unwrap() as z.ZodType, key)
      .default(value)
      .catch(value);
  }
  if (schema instanceof z.ZodUnion) {
    const branches = (schema.options as z.ZodType[]).map((branch) => ({
      branch,
      forgiving: branch instanceof z.ZodObject ? lenient(branch, key) : branch,
    }));
    const any = schema.catch(standIn);
    const meant = (value: unknown) => branches.find(({ branch }) => sharesKeys(branch, value))?.forgiving;
    return z.unknown().transform((value) => (meant(value) ?? any).parse(value));
  }
  return schema.catch(standIn);
}

const sharesKeys = (branch: z.ZodType, value: unknown) =>
  branch instanceof z.ZodObject &&
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).some((key) => Object.hasOwn(branch.shape, key));

const withoutUndefined = (entries: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
