import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { planFile, savedPlan } from "../support/plans";
import { runCli } from "../support/run-cli";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const given = (name: string, plan: string) => ["--plan", `${name}=${planFile(plan)}`];
const run = (...args: string[]) => runCli(["review", ...args], { CDKTF_OUTDIR: folder.path });

describe("codeseries review", () => {
  it.each([
    [0, "safe", "c-role-description-dev"],
    [0, "look", "branch-shared"],
    [3, "dangerous", "c-policy-widened-dev"],
  ])("exits %d on a plan that is %s", async (exit, verdict, plan) => {
    const { code, err, out } = await run(...given("dev", plan));
    expect([code, err]).toEqual([exit, ""]);
    expect(out).toContain(`dev: ${verdict}`);
    expect(out).toContain(`Verdict: ${verdict}`);
  });

  it("reviews several plans, and the worst decides", async () => {
    const { code, out } = await run(
      "--json",
      ...given("dev", "c-listener-port-dev"),
      ...given("shared", "branch-shared"),
    );
    const result = JSON.parse(out) as { verdict: string; stacks: { name: string; verdict: string }[] };
    expect([code, result.verdict]).toEqual([3, "dangerous"]);
    expect(result.stacks.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["dev", "dangerous"],
      ["shared", "look"],
    ]);
  });

  it("prints a comment", async () => {
    const { code, out } = await run("--markdown", "codecommit", ...given("dev", "c-listener-port-dev"));
    expect(code).toBe(3);
    expect(out).toMatch(/^## Plan review: dangerous/);
    expect((await run(...given("dev", "c-listener-port-dev"), "--markdown")).out).toContain("## Plan review");
  });

  it("writes a page, with a drawing where the stacks are synthesized", async () => {
    const page = await run(...given("dev", "c-listener-port-dev"), "--html");
    expect([page.code, page.out.slice(0, 15), page.out.includes("<svg")]).toEqual([
      3,
      "<!doctype html>",
      false,
    ]);
    const dev = { provider: { aws: [{ allowed_account_ids: ["1"] }] }, resource: { aws_lb: { main: {} } } };
    writeFileSync(join(folder.path, "dev.json"), JSON.stringify(dev));
    const manifest = { stacks: { dev: { synthesizedStackPath: "dev.json" } } };
    writeFileSync(join(folder.path, "manifest.json"), JSON.stringify(manifest));
    const file = join(folder.path, "review.html");
    const args = ["review", ...given("dev", "c-listener-port-dev"), "--html", file];
    const drawn = await runCli(args, { CDKTF_OUTDIR: folder.path });
    expect([drawn.code, drawn.err]).toEqual([3, `Wrote ${file}`]);
    expect(readFileSync(file, "utf8")).toMatch(/<svg[^]*stack dev: \d+ dangerous/);
  });

  it("shows safe changes with --verbose", async () => {
    const plan = given("dev", "cpu-memory-dev");
    expect((await run(...plan)).out).not.toContain("the next release carries");
    expect((await run(...plan, "--verbose")).out).toContain("the next release carries");
  });

  it.each([
    ["a plan without a name", ["--plan", "plan.json"], "--plan: expected <name>=<plan.json>"],
    [
      "a name twice",
      [...given("dev", "branch-shared"), ...given("dev", "branch-shared")],
      "the name dev occurs twice",
    ],
    [
      "another host",
      [...given("dev", "branch-shared"), "--markdown", "gitlab"],
      "--markdown: expected github or codecommit",
    ],
    [
      "two outputs",
      [...given("dev", "branch-shared"), "--markdown", "--json"],
      "expected one of --html, --markdown and --json, got --markdown and --json",
    ],
    ["a file that does not exist", ["--plan", "dev=none.json"], "none.json: no such file"],
  ])("exits 2 on %s", async (_, args, message) => {
    const { code, err, out } = await run(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
  });

  it("exits 2 on a plan that cannot be reviewed, and says how to write one", async () => {
    const file = join(folder.path, "plan.json");
    writeFileSync(file, JSON.stringify(savedPlan("branch-shared")).slice(0, 900));
    const { code, err } = await run("--plan", `dev=${file}`);
    expect([code, err]).toEqual([
      2,
      `${file}: expected the JSON of a Terraform plan, got JSON that ends too early: the file is truncated
to write one: terraform show -json <plan file> > plan.json`,
    ]);
  });
});
