import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import {
  CodeCommitClient,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  GetBranchCommand,
  GetCommitCommand,
  GetRepositoryCommand,
  ListBranchesCommand,
} from "@aws-sdk/client-codecommit";
import { knownPort } from "../../../src/local/reconcile/ports";
import {
  codeCommitController,
  type CodeCommitController,
} from "../../../src/local/services/codecommit/controller";
import { gitVariables } from "../../../src/local/services/codecommit/variables";
import { EmbeddedAws, REGION } from "../../support/embedded-aws";
import { GitClient } from "../../support/git-client";

const ACCOUNT = "111111111111";

const aws = new EmbeddedAws();
let server: CodeCommitController;
let client: GitClient;
let codecommit: CodeCommitClient;

const urlOf = (name: string) => `https://git-codecommit.${REGION}.amazonaws.com/v1/repos/${name}`;

beforeAll(async () => {
  server = await codeCommitController(await aws.start());
  client = await new GitClient(gitVariables(REGION)).init();
  codecommit = aws.client(CodeCommitClient, ACCOUNT);
  await codecommit.send(new CreateRepositoryCommand({ repositoryName: "orders" }));
  await client.git("remote", "add", "origin", urlOf("orders"));
});

afterAll(async () => {
  await server.close();
  client.remove();
  await aws.stop();
});

const branches = async () =>
  (await codecommit.send(new ListBranchesCommand({ repositoryName: "orders" }))).branches;

test("a push to the documented URL is known to CodeCommit when it ends", async () => {
  const commitId = await client.commit("First\n\nWith a body", { Dockerfile: "FROM scratch\n" });
  await client.git("push", "--quiet", "origin", "HEAD:develop");
  const branch = await codecommit.send(
    new GetBranchCommand({ repositoryName: "orders", branchName: "develop" }),
  );
  expect(branch.branch).toEqual({ branchName: "develop", commitId });
  const { commit } = await codecommit.send(new GetCommitCommand({ repositoryName: "orders", commitId }));
  expect(commit).toMatchObject({
    message: "First\n\nWith a body\n",
    parents: [],
    author: {
      name: "Ann",
      email: "ann@example.com",
      date: expect.stringMatching(/^\d+ [+-]\d{4}$/) as string,
    },
  });
  const { repositoryMetadata } = await codecommit.send(
    new GetRepositoryCommand({ repositoryName: "orders" }),
  );
  expect(repositoryMetadata?.defaultBranch).toBe("develop");
});

test("a clone has what was pushed, on the branch that was pushed first", async () => {
  await client.git("clone", "--quiet", urlOf("orders"), "clone");
  expect(await client.git("-C", "clone", "branch", "--show-current")).toBe("develop");
});

test("branches are updated, force-pushed and deleted", async () => {
  await client.git("push", "--quiet", "origin", "HEAD:feature/a");
  const amended = await client.commit("Second", { a: "b" });
  await client.git("push", "--quiet", "--force", "origin", "HEAD:feature/a", "HEAD:refs/tags/v1");
  expect(await branches()).toEqual(["develop", "feature/a"]);
  const { branch } = await codecommit.send(
    new GetBranchCommand({ repositoryName: "orders", branchName: "feature/a" }),
  );
  expect(branch?.commitId).toBe(amended);
  await client.git("push", "--quiet", "--delete", "origin", "feature/a");
  expect(await branches()).toEqual(["develop"]);
});

test("a push that is rejected changes nothing", async () => {
  const other = await new GitClient(gitVariables(REGION)).init();
  await other.commit("Unrelated", { x: "y" });
  await expect(other.git("push", "--quiet", urlOf("orders"), "HEAD:develop")).rejects.toThrow("rejected");
  other.remove();
  expect(await branches()).toEqual(["develop"]);
});

test("a push that git sends in chunks arrives whole", async () => {
  const commitId = await client.commit("Large", { "large.bin": randomBytes(12_000_000) });
  await client.git("push", "--quiet", "origin", "HEAD:large");
  const { branch } = await codecommit.send(
    new GetBranchCommand({ repositoryName: "orders", branchName: "large" }),
  );
  expect(branch?.commitId).toBe(commitId);
});

test("a client that ends the connection in a push changes nothing, and the next push works", async () => {
  const before = await branches();
  const port = knownPort("git") ?? 0;
  await new Promise<void>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(
        "POST /v1/repos/orders/git-receive-pack HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n" +
          "Content-Type: application/x-git-receive-pack-request\r\n\r\n0094",
        () => {
          socket.destroy();
          resolve();
        },
      );
    });
  });
  await client.git("push", "--quiet", "origin", "HEAD:after");
  expect(await branches()).toEqual([...(before ?? []), "after"].sort());
});

test("a repository that does not exist is named", async () => {
  await expect(client.git("ls-remote", urlOf("other"))).rejects.toThrow(
    /the repository other does not exist in CodeCommit/,
  );
  const answer = await fetch(`http://127.0.0.1:${knownPort("git") ?? 0}/v1/repos/..%2f..%2fx/info/refs`);
  expect(answer.status).toBe(404);
});

test("what was pushed while nobody looked is told after a restart, on the same port", async () => {
  await server.close();
  const [folder] = [aws.embedded.file(`repositories/${ACCOUNT}/${REGION}/orders.git`)];
  await client.git("push", "--quiet", folder, "HEAD:unseen");
  expect(await branches()).not.toContain("unseen");
  const port = knownPort("git");
  server = await codeCommitController(aws.embedded);
  expect(knownPort("git")).toBe(port);
  await server.reconcile();
  expect(await branches()).toContain("unseen");
});

test("a repository that is deleted and made again is empty", async () => {
  await codecommit.send(new DeleteRepositoryCommand({ repositoryName: "orders" }));
  await codecommit.send(new CreateRepositoryCommand({ repositoryName: "orders" }));
  await server.reconcile();
  expect(await client.git("ls-remote", "origin")).toBe("");
});
