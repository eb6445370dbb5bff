import { upstreamImage } from "../../../src/operate/promote/upstream";
import { imageWith } from "../../../src/operate/read/images";
import { at, delivery, fakeClients } from "../../support/release-responses";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

interface Past {
  readonly id: string;
  readonly letter: string;
  readonly status?: string;
  readonly description?: string;
}

/** A group whose deployments were made in this order. */
function clientsOf(past: readonly Past[], gone: readonly string[] = []) {
  const taskDefinition = (id: string) => `${delivery.arns.taskDefinition}:${id}`;
  const infos = past.map(({ description, id, status = "Succeeded" }, index) => ({
    ...{ deploymentId: id, status, description, createTime: at(index), completeTime: at(index) },
    revision: {
      revisionType: "AppSpecContent",
      appSpecContent: { sha256: id },
    },
  }));
  const appSpec = (id: string) =>
    JSON.stringify({
      version: 0,
      Resources: [
        {
          TargetService: {
            Type: "AWS::ECS::Service",
            Properties: {
              TaskDefinition: taskDefinition(id),
              LoadBalancerInfo: {
                ContainerName: delivery.service.name,
                ContainerPort: delivery.settings.port,
              },
            },
          },
        },
      ],
    });
  return fakeClients({
    ListDeployments: { deployments: past.map(({ id }) => id) },
    BatchGetDeployments: { deploymentsInfo: infos },
    GetApplicationRevision: ({ revision }: { revision: { appSpecContent: { sha256: string } } }) => ({
      revision: {
        revisionType: "AppSpecContent",
        appSpecContent: { content: appSpec(revision.appSpecContent.sha256) },
      },
    }),
    DescribeTaskDefinition: ({ taskDefinition: arn }: { taskDefinition: string }) => {
      const { letter = "" } = past.find(({ id }) => arn.endsWith(id)) ?? {};
      const container = { name: delivery.service.name, image: imageWith(delivery, digest(letter)) };
      return { taskDefinition: { taskDefinitionArn: arn, containerDefinitions: [container] } };
    },
    DescribeImages: ({ imageIds: [{ imageDigest }] }: { imageIds: [{ imageDigest: string }] }) =>
      gone.includes(imageDigest)
        ? Object.assign(new Error("gone"), { name: "ImageNotFoundException" })
        : { imageDetails: [{ imageDigest }] },
  }).clients;
}

const found = async (past: readonly Past[], wanted?: string, unproven = false, gone: string[] = []) => {
  const image = await upstreamImage(clientsOf(past, gone), delivery, wanted, unproven);
  return [image.digest, image.succeeded?.deploymentId];
};

const good: Past = { id: "d-1", letter: "a" };
const better: Past = { id: "d-2", letter: "b" };
const failed: Past = { id: "d-3", letter: "c", status: "Failed" };
const back: Past = { id: "d-4", letter: "a", description: "codeseries rollback of d-2 to d-1" };

describe("the image that is promoted", () => {
  it.each<[string, Past[], [string, string]]>([
    ["the newest release", [good, better], [digest("b"), "d-2"]],
    ["not one that failed", [good, better, failed], [digest("b"), "d-2"]],
    ["not one that people went back from", [good, better, back], [digest("a"), "d-1"]],
  ])("is that of %s", async (_, past, expected) => {
    expect(await found(past)).toEqual(expected);
  });

  it("can be that of an older release, which succeeded", async () => {
    expect(await found([good, better], digest("a"))).toEqual([digest("a"), "d-1"]);
  });

  it.each<[string, Past[], string]>([
    ["that failed", [good, failed], digest("c")],
    ["that people went back from", [good, better, back], digest("b")],
    ["that was never released", [good], digest("d")],
  ])("is none %s, unless a reason is given", async (_, past, wanted) => {
    await expect(found(past, wanted)).rejects.toThrow(
      `awssdk-iam dev: no release of ${wanted} has succeeded there and was not rolled back`,
    );
    expect(await found(past, wanted, true)).toEqual([wanted, undefined]);
  });

  it("is none that ECR no longer has", async () => {
    await expect(found([good], undefined, false, [digest("a")])).rejects.toThrow(
      /^awssdk-iam dev: ECR no longer has the image \S+ of d-1$/,
    );
    await expect(found([good], digest("d"), true, [digest("d")])).rejects.toThrow(
      /^awssdk-iam dev: ECR does not have the image sha256:d{64} in ecs\/dev-awssdk-iam$/,
    );
  });

  it("is none before the first release", async () => {
    await expect(found([])).rejects.toThrow("no release has succeeded, so there is nothing to promote");
    await expect(found([failed])).rejects.toThrow("no release has succeeded");
  });
});
