import { defineCommand, type Command } from "../../src/cli/command";
import { commands } from "../../src/cli/commands";
import { runCommand } from "../../src/cli/run";
import { ExitCode, Interrupted, InputError } from "../../src/errors";
import { runCli } from "../support/run-cli";

const common = { summary: "does it", description: "Does it.", json: "{}" };

/** Runs a command that is defined here. */
async function run(command: Command, ...args: string[]) {
  let err = "";
  const stderr = { write: (text: string) => (err += text) };
  const io = { env: {}, stdout: { write: () => true }, stderr };
  return { code: await runCommand([command.name, ...args], io, [command]), err };
}

const ending = (end: Command["run"]) => defineCommand({ ...common, name: "end", run: end });

describe("a command", () => {
  it("gets its arguments and options, each as its definition says", async () => {
    const seen: unknown[] = [];
    const command = defineCommand({
      ...common,
      name: "see",
      arguments: { "<service>": "a service", "[environment]": "an environment" },
      options: {
        dryRun: { description: "only shows it" },
        count: { value: "<number>", description: "how many", parse: Number },
        page: { value: "[file]", description: "where" },
      },
      run: ({ args, options }) => {
        seen.push({ args, options });
        return Promise.resolve();
      },
    });
    expect((await run(command, "web", "--dry-run", "--count", "3", "--page")).code).toBe(0);
    expect((await run(command, "web", "dev", "--page", "x.html")).code).toBe(0);
    expect(seen).toEqual([
      { args: ["web"], options: { dryRun: true, count: 3, page: true } },
      { args: ["web", "dev"], options: { page: "x.html" } },
    ]);
    expect(await run(command)).toEqual({
      code: 2,
      err: "missing required argument 'service'\nto see the usage: npx codeseries see --help\n",
    });
  });

  it.each<[string, Command["run"], number, string]>([
    ["0 if it is done", () => Promise.resolve(), 0, ""],
    ["the code that it returns", (): Promise<ExitCode> => Promise.resolve(ExitCode.dangerous), 3, ""],
    [
      "the code of its error",
      (): Promise<void> => Promise.reject(new InputError("got x", "try y")),
      2,
      "got x\ntry y\n",
    ],
    [
      "130 if it was interrupted",
      (): Promise<void> => Promise.reject(new Interrupted("stopped")),
      130,
      "stopped\n",
    ],
  ])("exits with %s", async (_, end, code, err) => {
    expect(await run(ending(end))).toEqual({ code, err });
  });

  it("throws a bug, so that its stack trace is shown", async () => {
    const bug = () => Promise.reject(new TypeError("undefined is not a function"));
    await expect(run(ending(bug))).rejects.toThrow(TypeError);
  });
});

describe("codeseries", () => {
  const names = commands.flatMap((one) =>
    "commands" in one ? [[one.name], ...one.commands.map(({ name }) => [one.name, name])] : [[one.name]],
  );

  it.each(names.map((name) => name.join(" ")))("%s has help on standard output", async (name) => {
    const { code, err, out } = await runCli([...name.split(" "), "--help"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(new RegExp(`^Usage: codeseries ${name} `));
    for (const option of ["--json", "--quiet", "--verbose"]) expect(out).toContain(option);
  });

  it.each([[[]], [["--help"]], [["help"]], [["--json"]]])("%j shows the commands", async (args) => {
    const { code, err, out } = await runCli(args);
    expect([code, err]).toEqual([0, ""]);
    for (const { name, summary } of commands) expect(out).toMatch(new RegExp(` ${name} .*${summary}`));
  });

  it.each([
    [["sinth"], "unknown command 'sinth'\n(Did you mean synth?)\nto see the usage: npx codeseries --help"],
    [
      ["synth", "--jsno"],
      "unknown option '--jsno'\n(Did you mean --json?)\nto see the usage: npx codeseries synth --help",
    ],
    [["bootstrap", "now"], expect.stringMatching(/^too many arguments for 'bootstrap'/)],
    [["--jsno"], expect.stringMatching(/^unknown option '--jsno'/)],
  ])("%j exits 2 and says what to do", async (args, err: unknown) => {
    expect(await runCli(args)).toEqual({ code: 2, out: "", err });
  });

  it("has a version", async () => {
    const { code, out } = await runCli(["--version"]);
    expect([code, out]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
  });
});
