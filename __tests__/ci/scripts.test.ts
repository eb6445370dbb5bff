import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { planFile } from "../support/plans";
import { temporaryFolder } from "../support/temporary-folder";

const root = join(__dirname, "..", "..");
const scripts = join(root, "templates", "ci");
const folder = temporaryFolder();

const program = (name: string, text: string) => {
  const file = join(folder.path, "bin", name);
  mkdirSync(join(folder.path, "bin"), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
};

/** `codeseries review`, which has planned already: without --plan it reviews the plans in cdktf.out/review. */
function planned(plans: Readonly<Record<string, string>>): void {
  const review = join(folder.path, "cdktf.out", "review");
  mkdirSync(review, { recursive: true });
  for (const [stack, name] of Object.entries(plans))
    writeFileSync(join(review, `${stack}.json`), readFileSync(planFile(name)));
  const all = Object.keys(plans).map((stack) => `--plan ${stack}=cdktf.out/review/${stack}.json`);
  const real = `node ${root}/bin/codeseries.mjs`;
  program(
    "npx",
    `shift; case "$*" in *--plan*) exec ${real} "$@" ;; *) exec ${real} "$@" ${all.join(" ")} ;; esac`,
  );
}

const run = (script: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) => {
  const PATH = [join(folder.path, "bin"), process.env.PATH].join(delimiter);
  const options = { cwd: folder.path, encoding: "utf8", env: { ...process.env, PATH, ...env } } as const;
  const { status, stderr, stdout } = spawnSync("sh", [join(scripts, script), ...args], options);
  return { status, stderr, stdout };
};
const read = (file: string) => readFileSync(join(folder.path, file), "utf8");

describe("plan.sh", () => {
  it("writes a comment for each stack, the page and the result, and exits as the review does", () => {
    planned({ dev: "c-listener-port-dev", shared: "branch-shared" });
    expect(run("plan.sh", ["github"])).toMatchObject({ status: 3 });
    expect(read("comments/dev.md")).toMatch(/^<!-- codeseries dev -->\n## Plan review: dangerous/);
    expect(read("comments/shared.md")).toMatch(/^<!-- codeseries shared -->\n## Plan review: look/);
    expect(read("review.html")).toContain("Plan review: dangerous");
    expect(JSON.parse(read("review.json"))).toMatchObject({ verdict: "dangerous" });
  });

  it("stops with the code of a review that failed", () => {
    program("npx", "exit 2");
    expect(run("plan.sh", ["github"]).status).toBe(2);
    expect(existsSync(join(folder.path, "comments"))).toBe(false);
  });
});

describe("drift.sh", () => {
  it("says nothing if no stack differs", () => {
    program("npx", `echo '{"stacks":[{"name":"dev","changes":[{"verdict":"expected"}]}]}'`);
    expect(run("drift.sh")).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("names the stacks that differ, and fails", () => {
    planned({ dev: "c-role-description-dev" });
    const { status, stdout } = run("drift.sh");
    expect([status, read("drift.md")]).toEqual([1, stdout]);
    expect(stdout).toContain("| `dev` | safe |");
  });
});

describe("the comment of a pull request", () => {
  const posted = () => {
    mkdirSync(join(folder.path, "comments"), { recursive: true });
    writeFileSync(join(folder.path, "comments", "dev.md"), "<!-- codeseries dev -->\nnew");
  };
  const GITHUB = { GITHUB_REPOSITORY: "acme/infra", PR: "7" };
  const CODECOMMIT = { REPOSITORY: "infra", PR: "7", BEFORE: "b", AFTER: "a" };
  const listed = (content: string) =>
    JSON.stringify({ commentsForPullRequestData: [{ comments: [{ commentId: "c1", content }] }] });

  it.each([
    ["posted", "", "--method POST repos/acme/infra/issues/7/comments --field body=@comments/dev.md"],
    ["updated", "42", "--method PATCH repos/acme/infra/issues/comments/42 --field body=@comments/dev.md"],
  ])("is %s on GitHub", (_, id, expected) => {
    posted();
    program("gh", `case "$*" in *--paginate*) echo "${id}" ;; *) echo "$@" > calls ;; esac`);
    expect(run("github/comment.sh", [], GITHUB).status).toBe(0);
    expect(read("calls")).toContain(expected);
  });

  it.each([
    ["posted", "another", "post-comment-for-pull-request --pull-request-id 7 --repository-name infra"],
    [
      "updated",
      "<!-- codeseries dev -->\nold",
      "update-comment --comment-id c1 --content file://comments/dev.md",
    ],
  ])("is %s on CodeCommit", (_, content, expected) => {
    posted();
    writeFileSync(join(folder.path, "list.json"), listed(content));
    program("aws", `case "$*" in *get-comments*) cat list.json ;; *) echo "$@" > calls ;; esac`);
    expect(run("codebuild/comment.sh", [], CODECOMMIT).status).toBe(0);
    expect(read("calls")).toContain(expected);
  });
});

describe("the workflow and the buildspec", () => {
  const text = (file: string) => readFileSync(join(scripts, file), "utf8");

  it("have no key of AWS, and call scripts that exist", () => {
    for (const file of ["github/codeseries.yml", "codebuild/buildspec.yml"]) {
      expect(text(file)).not.toMatch(/AKIA|aws-secret|AWS_SECRET|AWS_ACCESS_KEY/i);
      const called = [...text(file).matchAll(/\$SCRIPTS\/([\w./]+\.sh)/g)].map(([, name = ""]) => name);
      expect(called.length).toBeGreaterThan(1);
      expect(called.filter((name) => !existsSync(join(scripts, name)))).toEqual([]);
      expect(parse(text(file))).toBeInstanceOf(Object);
    }
  });

  it("apply only after an approval, and what was reviewed", () => {
    const { jobs } = parse(text("github/codeseries.yml")) as {
      jobs: Record<string, { environment?: string }>;
    };
    expect(jobs.apply?.environment).toBe("codeseries-apply");
    for (const file of ["github/codeseries.yml", "codebuild/buildspec.yml"])
      expect(text(file)).toMatch(/codeseries apply --approved \S+record\.json|apply --approved record\.json/);
  });
});
