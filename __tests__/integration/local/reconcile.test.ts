import { CreateClusterCommand, ECSClient } from "@aws-sdk/client-ecs";
import { ControllerLoop } from "../../../src/local/reconcile/controller";
import type { Embedded } from "../../../src/local/reconcile/embedded";
import { EmbeddedAws } from "../../support/embedded-aws";
import { until } from "../../support/until";

const ACCOUNT = "111111111111";

const aws = new EmbeddedAws();
let embedded: Embedded;

beforeAll(async () => {
  embedded = await aws.start();
});

afterAll(() => aws.stop());

const createCluster = (clusterName: string) =>
  aws.client(ECSClient, ACCOUNT).send(new CreateClusterCommand({ clusterName }));

test("a write is a change that a client is woken by", async () => {
  const abort = new AbortController();
  const seen: number[] = [];
  const before = await embedded.changes.newest();
  const watching = embedded.changes.watch((revision) => {
    seen.push(revision);
    if (revision > before) abort.abort();
  }, abort.signal);
  const start = Date.now();
  await createCluster("one");
  await watching;
  expect(seen.at(-1)).toBe(before + 1);
  // Without the change it would be woken after 20 seconds.
  expect(Date.now() - start).toBeLessThan(15_000);
});

test("one process waits until another has acted on what was written", async () => {
  await createCluster("two");
  const newest = await embedded.changes.newest();
  await expect(embedded.changes.settled("nobody", 100)).rejects.toThrow("nobody has not acted on revision");
  const settled = embedded.changes.settled("elb", 60_000);
  await embedded.changes.actedOn("elb", newest);
  await settled;
});

test("a controller is called again if it was woken while it ran, and after an error", async () => {
  let calls = 0;
  const errors: unknown[] = [];
  const loop = new ControllerLoop(
    {
      name: "one",
      reconcile: async () => {
        calls += 1;
        if (calls === 1) loop.wake();
        if (calls === 2) throw new Error("once");
        await Promise.resolve();
      },
    },
    (error) => errors.push(error),
  );
  loop.wake();
  await until(() => calls === 3);
  await loop.end();
  expect(calls).toBe(3);
  expect(errors).toEqual([new Error("once")]);
});
