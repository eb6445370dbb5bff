import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { identify } from "../../src/process/process-identity";
import { runCli } from "../support/run-cli";
import { temporaryFolder, writeProgram } from "../support/temporary-folder";

// The first command loads Terraform's and AWS's modules.
jest.setTimeout(30_000);

const folder = temporaryFolder();
beforeEach(() => {
  process.env.CODESERIES_LOCAL = join(folder.path, "local");
  mkdirSync(process.env.CODESERIES_LOCAL);
});
afterEach(() => {
  delete process.env.CODESERIES_LOCAL;
});

const run = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  runCli(["local", ...args], { PATH: folder.path, CDKTF_OUTDIR: join(folder.path, "out"), ...env });

/** Exit code and message of a run that does nothing. */
async function refusal(args: string[], env: NodeJS.ProcessEnv = {}) {
  const { code, out, err } = await run(args, env);
  expect(out).toBe("");
  return `${code} ${err}`;
}

const useTerraform = (version: string) => {
  writeProgram(join(folder.path, "terraform"), `echo '{"terraform_version": "${version}"}'`);
};

describe("codeseries local", () => {
  it.each([
    [["upp"], "2 unknown command 'upp'\n(Did you mean up?)\nto see the usage: npx codeseries local --help"],
    [["up", "now"], /^2 too many arguments for 'up'/],
    [
      ["--recovery"],
      "2 unknown option '--recovery'\n(Did you mean --recover?)\nto see the usage: npx codeseries local up --help",
    ],
    [
      ["down", "--recover"],
      "2 unknown option '--recover'\nto see the usage: npx codeseries local down --help",
    ],
    [["--port", "80a"], '2 --port: expected a number from 1 to 65535, got "80a"'],
    [["up", "--engine", "lxc"], '2 --engine: expected one of docker, podman, buildah, none, got "lxc"'],
    [["watch", "nope"], '2 service: expected one of awssdk-iam, got "nope"'],
    [["open", "awssdk-iam", "prd"], '2 environment of awssdk-iam: expected one of dev, got "prd"'],
    [["push"], "1 no embedded AWS is running\nto start one: npx codeseries local"],
    [["up", "--port", "65536"], '2 --port: expected a number from 1 to 65535, got "65536"'],
  ])("%j is bad usage", async (args, message) => {
    expect(await refusal(args)).toMatch(message);
  });

  it("names a mirror that is none", async () => {
    expect(await refusal([], { CODESERIES_PROVIDER_MIRROR: "/nope" })).toMatch(
      /^1 CODESERIES_PROVIDER_MIRROR: expected a folder that contains .*, got "\/nope"$/,
    );
  });

  it("shows a faulty configuration's faults, and starts nothing", async () => {
    const file = join(folder.path, "c.yaml");
    writeFileSync(file, "organization: 7\n");
    expect(await refusal(["up"], { CODESERIES_CONFIG: file })).toMatch(
      /^2 \S+c\.yaml:1:1 region: expected .*c\.yaml:1:15 organization: expected /s,
    );
  });

  it("needs Terraform", async () => {
    expect(await refusal([])).toMatch(/^1 terraform is not on the PATH\. /);
    useTerraform("1.9.8");
    expect(await refusal([])).toMatch(/^1 terraform on the PATH is 1\.9\.8\. .*install$/);
  });

  it("needs Python", async () => {
    useTerraform("1.11.4");
    expect(await refusal(["up"])).toMatch(/^1 python3 is not on the PATH\. /);
  });

  it("needs its port, where it is given one", async () => {
    useTerraform("1.11.4");
    writeProgram(join(folder.path, "python3"), "printf '3 11\\n5.2.1\\n'");
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    expect(await refusal(["--port", String(port)])).toBe(
      `1 cannot listen on port ${port} of 127.0.0.1: it is in use; without --port a free one is used`,
    );
    server.close();
  });

  it("is refused while another one is running", async () => {
    const holder = { ...identify(process.ppid), since: "2026-01-01T00:00:00.000Z" };
    writeFileSync(join(folder.path, "local", "lock.json"), JSON.stringify(holder));
    for (const command of ["up", "down"])
      expect(await run([command])).toMatchObject({
        code: 1,
        err: `another codeseries command is running (process ${process.ppid}, since ${holder.since}); wait until it has finished`,
      });
  });

  it("reports that no embedded AWS is running", async () => {
    expect(await run(["status"])).toMatchObject({
      code: 0,
      out: "No embedded AWS is running; to start one: npx codeseries local",
    });
    expect(await run(["env"])).toMatchObject({
      code: 1,
      out: "",
      err: "no embedded AWS is running\nto start one: npx codeseries local",
    });
    expect(await run(["down"])).toMatchObject({ code: 0, out: "No embedded AWS was running." });
    expect((await run(["logs"])).out).toMatch(/emulator\.log <==\n\(empty\)/);
  });

  it("reports an embedded AWS that exited", async () => {
    const gone = { pid: 1, startTime: "never", url: "http://127.0.0.1:1", since: "2026-01-01T00:00:00.000Z" };
    writeFileSync(join(folder.path, "local", "emulator.json"), JSON.stringify(gone));
    expect((await run(["status"])).out).toMatch(
      /^The embedded AWS at \S+, started 2026\S+, exited unexpectedly; see /,
    );
    const log = join(folder.path, "local", "emulator.log");
    const processes = ["load-balancer", "controllers"].map((name) => ({
      name,
      running: false,
      log: join(folder.path, "local", `${name}.log`),
    }));
    expect(JSON.parse((await run(["status", "--json"])).out)).toEqual({
      engine: {
        name: expect.any(String) as string,
        why: expect.stringContaining("the first that works") as string,
      },
      processes,
      running: false,
      url: gone.url,
      pid: gone.pid,
      since: gone.since,
      log,
    });
  });
});
