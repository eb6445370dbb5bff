import ipaddr from "ipaddr.js";
import { z } from "zod";
import { similar } from "../similar";
import { REGIONS } from "./regions";

/**
 * The kinds of value that a configuration holds, each with the phrase that its faults show.
 * Limits and character sets are AWS's own; the API references name them.
 */

/** Text of one pattern. */
export function text(pattern: RegExp, expected: string) {
  return z.string(expected).regex(pattern, expected);
}

/** A whole number within limits. A number in quotes is text. */
function wholeNumber(min: number, max: number, expected: string) {
  const error = ({ input }: { readonly input?: unknown }) =>
    typeof input === "string" && /^\d+$/.test(input) ? `${expected}, without quotes` : expected;
  return z.int({ error }).min(min, expected).max(max, expected);
}

/** A whole number within AWS's limits. */
export const whole = (min: number, max: number, unit: string) =>
  wholeNumber(min, max, `a whole number of ${unit} from ${min} to ${max}`);

export const port = wholeNumber(1, 65535, "a port from 1 to 65535");

/** The phrase for a mapping, in whose place many files of other tools have a list. */
export const mappingOf = (content: string) => ({
  error: ({ input }: { readonly input?: unknown }) =>
    `a mapping of ${content}${Array.isArray(input) ? ", not a list" : ""}`,
});

/** One of a few values. */
export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, `one of ${values.join(", ")}`);
}

export const flag = z.boolean("true or false");

/** The beginnings of regions of other partitions. */
const OTHER_PARTITIONS = /^(cn|us-gov|us-iso[a-z]?|eu-isoe|eusc)-/;

export const region = z.enum(REGIONS, {
  error: ({ input }) =>
    OTHER_PARTITIONS.test(String(input))
      ? "a region of the aws partition only, not of China, GovCloud or another partition"
      : `an AWS region such as ${similar(String(input), REGIONS) ?? "ap-northeast-2"}`,
});

export const accountId = text(/^\d{12}$/, 'a 12-digit AWS account id in quotes, such as "123456789012"');

const s3BucketExpected =
  "an S3 bucket name: 3 to 63 lower-case letters, digits, dots or hyphens, and none of the prefixes and suffixes that S3 reserves";
/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const s3BucketPattern =
  /^(?!xn--|sthree-|amzn-s3-demo-)(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3|-an)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
export const s3Bucket = text(s3BucketPattern, s3BucketExpected);

/**
 * A Git branch that CodeCommit and CodePipeline accept; without braces, which Terraform interprets.
 *
 * @see https://git-scm.com/docs/git-check-ref-format
 */
export const branch = text(
  /^(?![0-9a-f]{40}$)(?!refs\/)(?!.*([~^:?*[\\{]|\.\.|\/\/|\.lock(\/|$)))(?![/.-])[!-~\u00a1-\uffff]{1,256}(?<![/.])$/,
  "a Git branch name of 1 to 256 characters, without refs/heads/ before it and without wildcards",
);

/** @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GitFilePathFilterCriteria.html */
const MAX_PATTERNS = 8;
const MAX_PATTERN_LENGTH = 255;

/** A glob pattern of a pipeline's trigger. */
export const pattern = (start: RegExp, expected: string) =>
  text(new RegExp(`${start.source}(?!.*[$%]\\{)[^\\x00-\\x1f]{1,${MAX_PATTERN_LENGTH}}$`), expected);

/** The patterns of a pipeline's trigger. */
export const patterns = (one: ReturnType<typeof pattern>, expected: string) =>
  z
    .array(one, expected)
    .min(1, "at least one pattern")
    .max(MAX_PATTERNS, `at most ${MAX_PATTERNS} patterns, as AWS allows`)
    .refine((all) => new Set(all).size === all.length, "different patterns");

const cidrExpected = "an IPv4 network such as 10.10.0.0/16";
/** An IPv4 network without host bits, its prefix length within bounds. */
export function network(minPrefix: number, maxPrefix: number, limit = "") {
  return z
    .string(cidrExpected)
    .refine((value) => ipaddr.IPv4.isValidCIDRFourPartDecimal(value), { error: cidrExpected, abort: true })
    .refine((value) => ipaddr.IPv4.networkAddressFromCIDR(value).toString() === value.split("/")[0], {
      error: ({ input }) => `a network address without host bits, such as ${networkOf(String(input))}`,
    })
    .refine((value) => prefixOf(value) >= minPrefix && prefixOf(value) <= maxPrefix, {
      error: `a network from /${minPrefix} to /${maxPrefix}${limit}`,
    });
}

/** The length of a network's prefix: 16 of `10.10.0.0/16`. */
export function prefixOf(cidr: string): number {
  return ipaddr.IPv4.parseCIDR(cidr)[1];
}

function networkOf(cidr: string): string {
  return `${ipaddr.IPv4.networkAddressFromCIDR(cidr).toString()}/${prefixOf(cidr)}`;
}

export const variableName = text(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of an environment variable");

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html */
export const buildVariableName = text(
  /^(?!CODEBUILD_)[A-Za-z_][A-Za-z0-9_]*$/,
  "the name of an environment variable, without the prefix CODEBUILD_, which is CodeBuild's own",
);

/** cdktf would read the marker of a token in a text as a reference. */
const variableValue = z
  .string('text, in quotes: "8080"')
  .refine((value) => !value.includes("${TfToken["), "text without ${TfToken[, which cdktf reserves");

/** Environment variables: text only, so that 0.10 and no stay what they are. */
const variablesNamed = (name: typeof variableName) =>
  z.record(name, variableValue, mappingOf("names to text"));
export const variables = variablesNamed(variableName);
export const buildVariables = variablesNamed(buildVariableName);
