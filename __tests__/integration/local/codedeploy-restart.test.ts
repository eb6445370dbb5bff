import { CodeDeployClient, CreateDeploymentConfigCommand } from "@aws-sdk/client-codedeploy";
import type { Embedded } from "../../../src/local/reconcile/embedded";
import { codeDeployController } from "../../../src/local/services/codedeploy/controller";
import { KIND, type Deployment } from "../../../src/local/services/codedeploy/model/document";
import { runCodeDeploy } from "../../support/blue-green/controlled";
import { killedAfter } from "../../support/blue-green/killed";
import { BlueGreenWorld } from "../../support/blue-green/world";

const world = new BlueGreenWorld();

beforeAll(() => world.start());

afterAll(() => world.stop());

test("a controller that is killed after any of its writes is followed by one that completes the release", async () => {
  await world.aws.client(CodeDeployClient, "111111111111").send(
    new CreateDeploymentConfigCommand({
      deploymentConfigName: "quick",
      computePlatform: "ECS",
      trafficRoutingConfig: {
        type: "TimeBasedCanary",
        timeBasedCanary: { canaryPercentage: 10, canaryInterval: 1 },
      },
    }),
  );
  const api = await world.service("restarted", { deploymentConfigName: "quick" });
  let kills = 0;
  for (let writes = 1; ; writes++) {
    const id = await api.deploy();
    const { embedded, died } = killedAfter(world.embedded, writes);
    const endFirst = runCodeDeploy(embedded);
    const survived = await Promise.race([died.then(() => false), api.ended(id).then(() => true)]);
    await endFirst();
    if (survived) break;
    kills += 1;
    const endSecond = runCodeDeploy(world.embedded);
    expect(await api.ended(id)).toMatchObject({ status: "Succeeded" });
    await endSecond();
    expect({ writes, taskSets: await api.taskSets() }).toEqual({ writes, taskSets: [`PRIMARY ${id}`] });
    const { production, test: ofTest } = await api.weights();
    expect(production).toEqual(ofTest);
  }
  // As many as there are writes in a release.
  expect(kills).toBeGreaterThan(18);
}, 900_000);

test("a controller that has an old list changes nothing", async () => {
  const api = await world.service("stale");
  const lists: Awaited<ReturnType<Embedded["documents"]["list"]>>[] = [];
  const id = await api.deploy();
  lists.push(await world.embedded.documents.list<Deployment>(KIND));
  const end = runCodeDeploy(world.embedded);
  for (const event of ["Install", "AllowTraffic"])
    await api.untilEvent(id, event, "Succeeded").then(async () => {
      lists.push(await world.embedded.documents.list<Deployment>(KIND));
    });
  await api.ended(id);
  await end();
  const before = await world.embedded.documents.list<Deployment>(KIND);
  for (const list of lists) {
    const documents = Object.create(world.embedded.documents) as Embedded["documents"];
    documents.list = <Content>() =>
      Promise.resolve(list as Awaited<ReturnType<typeof documents.list<Content>>>);
    await codeDeployController({ ...world.embedded, documents }).reconcile(0);
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await world.embedded.documents.list<Deployment>(KIND)).toEqual(before);
  expect(await api.taskSets()).toEqual([`PRIMARY ${id}`]);
});
