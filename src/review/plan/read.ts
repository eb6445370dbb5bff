import { readFileSync, statSync } from "node:fs";
import { InputError } from "../../errors";
import { Plan, type Origin } from "./plan";
import { planSchema } from "./schema";
import { STUB } from "./stub";
import { isRecord, type Values } from "./values";

/** The largest plan that is read. 256 MB are tens of thousands of resources, and more than a gigabyte of memory. */
export const MAX_PLAN_BYTES = 256 * 1024 * 1024;

const EXPECTED = "expected the JSON of a Terraform plan";
const NEXT = "to write one: terraform show -json <plan file> > plan.json";

/**
 * Reads a saved plan. Messages say nothing of what the file contains but the names of its keys.
 *
 * @throws InputError with one sentence if the file is not a plan that can be reviewed.
 */
export function readPlan(name: string, file: string, origin: Omit<Origin, "stubbed"> = {}): Plan {
  const refuse = (message: string, next?: string) => new InputError(`${file}: ${message}`, next);
  const text = textOf(file, refuse);
  const json = jsonOf(text, refuse);
  const fault = faultOf(json);
  if (fault !== undefined) throw refuse(fault, NEXT);
  const { data, error } = planSchema.safeParse(json);
  if (data) return new Plan(name, data, { ...origin, stubbed: STUB.test(text) });
  const { message, path } = error.issues[0] ?? { message: "another form", path: [] };
  throw refuse(`${EXPECTED}, but ${path.join(".")} has another form: ${message}`, NEXT);
}

type Refuse = (message: string, next?: string) => InputError;

function textOf(file: string, refuse: Refuse): string {
  let bytes: Buffer;
  try {
    const { size } = statSync(file);
    if (size > MAX_PLAN_BYTES)
      throw refuse(
        `expected at most ${MAX_PLAN_BYTES / 1024 / 1024} MB, got ${Math.ceil(size / 1024 / 1024)} MB`,
      );
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw refuse(code === "ENOENT" ? "no such file" : `the file cannot be read: ${code ?? "unknown error"}`);
  }
  if (bytes.length === 0) throw refuse(`${EXPECTED}, got an empty file`, NEXT);
  if (bytes.subarray(0, 2).toString("latin1") === "PK")
    throw refuse(`${EXPECTED}, got the plan file itself`, NEXT);
  // Windows PowerShell writes redirected output as UTF-16.
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf16le" : "utf8";
  return bytes.toString(encoding).replace(/^\uFEFF/, "");
}

function jsonOf(text: string, refuse: Refuse): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (text.startsWith('{"@level"')) throw refuse(`${EXPECTED}, got the log of terraform plan -json`, NEXT);
    // The parser's own message quotes the text, which may hold secrets.
    const cut =
      /^\s*[{[]/.test(text) &&
      /Unexpected end|Unterminated|after (array element|property)|Expected .*JSON/.test(
        (error as Error).message,
      ) &&
      !/[}\]]\s*$/.test(text);
    throw refuse(
      `${EXPECTED}, got ${cut ? "JSON that ends too early: the file is truncated" : "text that is not JSON"}`,
      NEXT,
    );
  }
}

/** Why JSON is no plan that can be reviewed. */
function faultOf(json: unknown): string | undefined {
  if (!isRecord(json)) return `${EXPECTED}, got ${Array.isArray(json) ? "a list" : typeof json}`;
  const { errored, format_version: version } = json;
  if (typeof version !== "string") return `${EXPECTED}, got ${otherFile(json)}`;
  if (version.split(".")[0] !== "1") return `expected format_version 1.x, got ${version.slice(0, 20)}`;
  if (!("resource_changes" in json) && !("planned_values" in json))
    return `${EXPECTED}, got ${"values" in json ? "a state" : otherFile(json)}`;
  if (errored === true)
    return "the plan failed (errored is true), so it does not hold all changes: fix the error and plan again";
  if (json.complete === false)
    return "the plan is incomplete (complete is false), as with -target or deferred changes: plan again without them";
  return undefined;
}

function otherFile(json: Values): string {
  if ("lineage" in json) return "a state file";
  if ("AWSTemplateFormatVersion" in json || "Resources" in json) return "a CloudFormation template";
  const keys = Object.keys(json)
    .slice(0, 5)
    .map((key) => key.slice(0, 40));
  return `an object with ${keys.length > 0 ? `the keys ${keys.join(", ")}` : "no keys"}`;
}
