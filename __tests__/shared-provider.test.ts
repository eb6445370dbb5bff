import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { schemaOf } from "./support/shared-provider/schema";
import { shareProvider } from "./support/shared-provider/terraform";
import { temporaryFolder, writeProgram } from "./support/temporary-folder";

/** A field of protocol buffers that is delimited by a length, which is below 128. */
const field = (number: number, ...content: (Buffer | string)[]) => {
  const bytes = Buffer.concat(content.map((one) => Buffer.from(one)));
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
};
const entry = (map: number, type: string) => field(map, field(1, type), field(2, `schema of ${type}`));
const message = (...fields: Buffer[]) => {
  const bytes = Buffer.concat(fields);
  return Buffer.concat([Buffer.from([0, 0, 0, bytes.length >> 8, bytes.length & 255]), bytes]);
};

describe("the schema that tests' Terraform reads", () => {
  it("has everything but the types that are not asked for", () => {
    const provider = field(1, "the provider's own");
    const functions = entry(7, "arn_parse");
    const answer = message(
      ...[provider, entry(2, "aws_lb"), entry(2, "aws_alb")],
      ...[entry(3, "aws_vpc"), entry(3, "aws_lb"), functions, entry(8, "aws_kms_secrets")],
    );
    expect(schemaOf(answer, new Set(["aws_lb"]))).toEqual(
      message(provider, entry(2, "aws_lb"), entry(3, "aws_lb"), functions),
    );
  });

  it("is refused if it has another form", () => {
    expect(() => schemaOf(message(Buffer.from([8, 1])), new Set())).toThrow(
      "field 1 is not delimited by a length",
    );
  });
});

describe("terraform in the tests of whole systems", () => {
  const folder = temporaryFolder();
  const PATH = process.env.PATH ?? "";
  afterEach(() => {
    process.env.PATH = PATH;
  });

  it.each([
    ["plan", { AWS_ACCESS_KEY_ID: "operators" }, true],
    ["-chdir=stack apply -auto-approve", { AWS_ACCESS_KEY_ID: "operators" }, true],
    ["init", { AWS_ACCESS_KEY_ID: "operators" }, false],
    ["version -json", { AWS_ACCESS_KEY_ID: "operators" }, false],
    ["plan", { AWS_ACCESS_KEY_ID: "persons" }, false],
    ["plan", { AWS_ACCESS_KEY_ID: "operators", AWS_SESSION_TOKEN: "token" }, false],
    ["plan", {}, false],
  ] as const)("shares the provider in %s with %j: %s", (command, credentials, isShared) => {
    const [machine, programs] = ["machine", "programs"].map((name) => join(folder.path, name));
    for (const path of [machine, programs, join(folder.path, "local")]) mkdirSync(path ?? "");
    writeProgram(join(machine ?? "", "terraform"), 'echo "$* $TF_REATTACH_PROVIDERS"');
    writeFileSync(
      join(folder.path, "local", "emulator.json"),
      '{ "operator": { "accessKeyId": "operators" } }',
    );
    process.env.PATH = `${machine ?? ""}:${PATH}`;
    const provider = shareProvider({ folder: folder.path, programs: programs ?? "" }, () => ({}));
    const env = { PATH, ...credentials };
    const out = execFileSync(join(programs ?? "", "terraform"), command.split(" "), {
      env,
      encoding: "utf8",
    });
    provider.end();
    expect(out).toBe(`${command} ${isShared ? provider.reattach : ""}\n`);
  });
});
