import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packagedProject, type PackagedProject } from "../support/package";
import { diagnosticsOf } from "../support/validate";

let project: PackagedProject;

beforeAll(() => {
  project = packagedProject();
});
afterAll(() => {
  rmSync(dirname(project.folder), { recursive: true });
});

const inProject = (...path: string[]) => join(project.folder, ...path);
const tsc = join(__dirname, "..", "..", "node_modules", ".bin", "tsc");
const tsx = join(__dirname, "..", "..", "node_modules", ".bin", "tsx");

const APP = `import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { approvalAction, codeCommitSourceAction, CodeRepository, DeliveryPipeline, PrivateBucket } from "codeseries";
const app = new App();
const stack = new TerraformStack(app, "shop");
new LocalBackend(stack, {});
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const people = { developerPolicyName: "shop-developers", preventDestroy: true };
const source = new CodeRepository(stack, "source", { repositoryName: "shop", description: "The shop", ...people });
const store = new PrivateBucket(stack, "store", { bucketName: "acme-shop-artifacts", forceDestroy: false });
const artifactStore = { ...store, bucketArn: store.arn, kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/1" };
const fetch = codeCommitSourceAction({ repositoryName: "shop", repositoryArn: source.arn, branch: "main" });
const stages = [{ name: "Source", actions: [fetch] }, { name: "Approve", actions: [approvalAction()] }];
new DeliveryPipeline(stack, "pipeline", { pipelineName: "shop", roleName: "shop", rolePath: "/", accountId: "111111111111", artifactStore, stages });
app.synth();
`;
