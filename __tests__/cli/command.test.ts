import { ConfigError } from "../../src/config/error";
import { bootstrapCommand } from "../../src/cli/bootstrap";
import { guardedAsync, UsageError } from "../../src/cli/command";
import { Failure, Interrupted } from "../../src/process/failure";

async function ended(error: Error) {
  const said: string[] = [];
  const output = { out: () => undefined, err: (text: string) => said.push(text) };
  const code = await guardedAsync(output, () => Promise.reject(error));
  return `${code} ${said.join()}`;
}

describe("how a command ends", () => {
  it.each<[Error, string]>([
    [new ConfigError(["c.yaml:1:1 a fault"]), "2 c.yaml:1:1 a fault"],
    [new UsageError("no such option"), "2 no such option"],
    [new Failure("no terraform"), "1 no terraform"],
    [new Interrupted("stopped"), "130 stopped"],
    [
      Object.assign(new Error("EACCES: cdktf.out"), { syscall: "open", code: "EACCES" }),
      "1 EACCES: cdktf.out",
    ],
    [Object.assign(new Error("not authorized"), { $metadata: {} }), "1 not authorized"],
  ])("by %s", async (error, expected) => {
    expect(await ended(error)).toBe(expected);
  });

  it("by a fault of ours, with its trace", async () => {
    await expect(ended(new TypeError("undefined is not a function"))).rejects.toThrow(TypeError);
  });
});

describe("npm run bootstrap", () => {
  async function run(...args: string[]) {
    const said = { out: "", err: "" };
    const output = { out: (text: string) => (said.out += text), err: (text: string) => (said.err += text) };
    return { code: await bootstrapCommand(args, {}, output, { write: () => true }), ...said };
  }

  it("has help, and no other options", async () => {
    expect(await run("--help")).toMatchObject({ code: 0, err: "" });
    const { code, out, err } = await run("--force");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^Unknown option '--force'.*Usage: npm run bootstrap/s);
  });
});
