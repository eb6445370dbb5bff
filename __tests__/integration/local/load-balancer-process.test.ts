import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { DescribeTargetHealthCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { startLoad } from "../../../src/local/load/load";
import { SETTINGS_VARIABLE } from "../../../src/local/processes/process";
import { knownPort } from "../../../src/local/reconcile/ports";
import { portNameOf } from "../../../src/local/services/elb/proxy/servers";
import { EmbeddedAws } from "../../support/embedded-aws";
import { LoadBalanced, weighted } from "../../support/load-balanced";
import { until } from "../../support/until";

const ADDRESS = "10.0.0.1";

const aws = new EmbeddedAws();
const balanced = new LoadBalanced(aws);
let running: ChildProcess;

function start(): ChildProcess {
  return spawn(process.execPath, ["scripts/run.mjs", "src/local/processes/load-balancer.ts"], {
    env: { ...process.env, [SETTINGS_VARIABLE]: JSON.stringify({ timeFactor: 60, engine: "none" }) },
    stdio: "ignore",
  });
}

const exited = (child: ChildProcess) => new Promise((resolve) => child.once("exit", resolve));

afterAll(async () => {
  running.kill("SIGKILL");
  balanced.end();
  await aws.stop();
});

test("the load balancer that was killed comes back with its port and the health of its targets", async () => {
  await aws.start();
  const loadBalancer = await balanced.loadBalancer("main");
  const group = await balanced.group("blue");
  const listener = await balanced.listener(loadBalancer, 80, weighted({ [group]: 1 }));
  await balanced.target(group, ADDRESS, (_, response) => response.end("hello"));
  const note = aws.embedded.file("tasks/one.json");
  mkdirSync(dirname(note), { recursive: true });
  writeFileSync(
    note,
    JSON.stringify({ address: ADDRESS, endpoints: { ports: { 8080: balanced.ports.get(ADDRESS) } } }),
  );
  const state = async () => {
    const answer = await balanced.client.send(new DescribeTargetHealthCommand({ TargetGroupArn: group }));
    return answer.TargetHealthDescriptions?.[0]?.TargetHealth?.State;
  };
  running = start();
  await until(async () => (await state()) === "healthy");
  const port = knownPort(portNameOf(listener)) ?? 0;
  const url = `http://127.0.0.1:${port}/`;
  expect(await (await fetch(url)).text()).toBe("hello");

  const gone = exited(running);
  running.kill("SIGKILL");
  await gone;
  await expect(fetch(url)).rejects.toThrow();

  running = start();
  await until(() =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  expect(knownPort(portNameOf(listener))).toBe(port);
  expect(await state()).toBe("healthy");
  const load = await startLoad({ url, perSecond: 200, seconds: 3 }).done;
  expect(load.failures).toEqual([]);
  expect(load.answered).toBe(load.sent);
});
