import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Document } from "../../../src/local/reconcile/documents";
import { KIND, type Build } from "../../../src/local/services/codebuild/build";
import { codeBuildController } from "../../../src/local/services/codebuild/controller";
import { CodeBuildAccount, commands } from "../../support/codebuild";
import { EmbeddedAws } from "../../support/embedded-aws";

/** What an earlier process of the controllers, or an earlier list of builds, has left. */
const aws = new EmbeddedAws();
const codebuild = new CodeBuildAccount(aws, "111111111111");
const noPrograms = () => undefined;

beforeAll(async () => {
  await aws.start();
  await codebuild.project("one", { phases: { build: commands("echo said on") } });
});

afterAll(() => aws.stop());

const list = () => aws.embedded.documents.list<Build>(KIND);

test("a build that was cut off begins again, after its processes are ended", async () => {
  const id = await codebuild.start({ projectName: "one" });
  const read = (await list()).find((one) => one.id === id) as Document<Build>;
  const phases = [...read.document.phases, { phaseType: "BUILD", startTime: 1 }] as const;
  await aws.embedded.documents.write(KIND, read, { ...read.document, currentPhase: "BUILD", phases });
  const env = { ...process.env, CODEBUILD_BUILD_ID: id };
  const left = spawn("sleep", ["4720"], { detached: true, stdio: "ignore", env });
  const ended = once(left, "exit");
  codebuild.begin(codeBuildController(aws.embedded, noPrograms));
  const result = await codebuild.until(id);
  const log = await codebuild.log(result, "said on");
  await codebuild.end();
  expect((await ended)[1]).toBe("SIGKILL");
  expect(log).toContain("The build was cut off, and begins again");
  expect([
    result.buildStatus,
    result.phases?.filter(({ phaseType }) => phaseType === "BUILD").length,
  ]).toEqual(["SUCCEEDED", 1]);
});

test("a build that has run meanwhile does not run again with an old list", async () => {
  const id = await codebuild.start({ projectName: "one" });
  const old = await list();
  codebuild.begin(codeBuildController(aws.embedded, noPrograms));
  const first = await codebuild.until(id);
  await codebuild.end();
  const documents = Object.create(aws.embedded.documents) as typeof aws.embedded.documents;
  let lists = 0;
  documents.list = <Content>() => {
    lists += 1;
    return lists === 1
      ? Promise.resolve(old as unknown as Document<Content>[])
      : (list() as unknown as Promise<Document<Content>[]>);
  };
  aws.said.length = 0;
  await codeBuildController({ ...aws.embedded, documents }, noPrograms).reconcile(0);
  expect(aws.said).toEqual([]);
  expect(await codebuild.read(id)).toEqual(first);
});
