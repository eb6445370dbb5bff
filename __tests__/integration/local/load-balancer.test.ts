import { get } from "node:http";
import { get as getSecure } from "node:https";
import { TLSSocket } from "node:tls";
import {
  CreateRuleCommand,
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  ModifyListenerCommand,
  ModifyTargetGroupAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { startLoad } from "../../../src/local/load/load";
import { runControllers } from "../../../src/local/reconcile/controller";
import { knownPort } from "../../../src/local/reconcile/ports";
import { LoadBalancer } from "../../../src/local/services/elb/load-balancer";
import { trafficNow } from "../../../src/local/services/elb/metrics/traffic-file";
import { portNameOf } from "../../../src/local/services/elb/proxy/servers";
import { EmbeddedAws } from "../../support/embedded-aws";
import { certificate, LoadBalanced, weighted } from "../../support/load-balanced";
import { until } from "../../support/until";

const BLUE = "10.0.0.1";
const GREEN = "10.0.0.2";

const aws = new EmbeddedAws();
const balanced = new LoadBalanced(aws);
const abort = new AbortController();
let balancer: LoadBalancer;
let running: Promise<void>;
let listener: string;
let blue: string;
let green: string;
let loadBalancer: string;

const urlOf = (arn: string, path = "/") => `http://127.0.0.1:${knownPort(portNameOf(arn)) ?? 0}${path}`;

const settled = () => aws.embedded.changes.settled("elb", 60_000);

async function states(group: string) {
  const answer = await balanced.client.send(new DescribeTargetHealthCommand({ TargetGroupArn: group }));
  return (answer.TargetHealthDescriptions ?? []).map(({ TargetHealth }) => TargetHealth);
}

const isHealthy = async (group: string) => (await states(group))[0]?.State === "healthy";

const shift = (blueWeight: number, greenWeight: number) =>
  balanced.client.send(
    new ModifyListenerCommand({
      ListenerArn: listener,
      DefaultActions: [weighted({ [blue]: blueWeight, [green]: greenWeight })],
    }),
  );

beforeAll(async () => {
  const embedded = await aws.start();
  balancer = new LoadBalancer(embedded, balanced.reachable);
  running = runControllers([balancer], embedded.changes, embedded.say, abort.signal);
  loadBalancer = await balanced.loadBalancer("main");
  blue = await balanced.group("blue");
  green = await balanced.group("green");
  listener = await balanced.listener(loadBalancer, 80, weighted({ [blue]: 100, [green]: 0 }));
  const version = (name: string) => balanced.target.bind(balanced, name === "blue" ? blue : green);
  for (const [name, ip] of [
    ["blue", BLUE],
    ["green", GREEN],
  ] as const)
    await version(name)(ip, (request, response) => {
      response.writeHead(request.url === "/missing" ? 404 : 200, { "x-version": name });
      response.end(JSON.stringify(request.headers));
    });
  await settled();
  await until(async () => (await isHealthy(blue)) && (await isHealthy(green)));
});

afterAll(async () => {
  abort.abort();
  // Ends the long poll.
  await balanced.group("last");
  await running;
  await balancer.end();
  balanced.end();
  await aws.stop();
});

test("a listener forwards to the target group with the weight, and says from where", async () => {
  const answer = await fetch(urlOf(listener));
  expect(answer.headers.get("x-version")).toBe("blue");
  expect(await answer.json()).toMatchObject({
    "x-forwarded-for": "127.0.0.1",
    "x-forwarded-port": "80",
    "x-forwarded-proto": "http",
    "x-amzn-trace-id": expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/) as string,
  });
});

test("no request of 1,000 a second is lost while weights change", async () => {
  const stop = new AbortController();
  const load = startLoad({ url: urlOf(listener), perSecond: 1_000, signal: stop.signal });
  for (const [one, other] of [
    [90, 10],
    [50, 50],
    [0, 100],
    [100, 0],
  ] as const) {
    await shift(one, other);
    await settled();
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  stop.abort();
  const result = await load.done;
  expect(result.failures).toEqual([]);
  expect(result.sent).toBeGreaterThanOrEqual(1_400);
  expect(result.answered).toBe(result.sent);
  expect(result.answers["blue 200"]).toBeGreaterThan(500);
  expect(result.answers["green 200"]).toBeGreaterThan(200);
  expect(trafficNow(aws.embedded.file)?.traffic.length).toBeGreaterThan(0);
});

test("after CodeDeploy has waited, the next request meets the new weights", async () => {
  await shift(0, 100);
  await settled();
  expect((await fetch(urlOf(listener))).headers.get("x-version")).toBe("green");
  await shift(100, 0);
  await settled();
});

test("rules go before the default action", async () => {
  const rule = (Priority: number, path: string, action: object) =>
    balanced.client.send(
      new CreateRuleCommand({
        ListenerArn: listener,
        Priority,
        Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: [path] } }],
        Actions: [action as never],
      }),
    );
  await rule(1, "/fixed*", {
    Type: "fixed-response",
    FixedResponseConfig: { StatusCode: "404", ContentType: "text/plain", MessageBody: "nothing" },
  });
  await rule(2, "/old/*", {
    Type: "redirect",
    RedirectConfig: { StatusCode: "HTTP_301", Path: "/new/#{path}", Protocol: "HTTPS", Port: "443" },
  });
  await settled();
  const fixed = await fetch(urlOf(listener, "/fixed/one"));
  expect([fixed.status, await fixed.text()]).toEqual([404, "nothing"]);
  const redirect = await fetch(urlOf(listener, "/old/one?a=b"), { redirect: "manual" });
  expect([redirect.status, redirect.headers.get("location")]).toEqual([
    301,
    "https://127.0.0.1:443/new/old/one?a=b",
  ]);
});

test("an unhealthy target has AWS's reason, and comes back after the threshold", async () => {
  const group = await balanced.group("sick", { HealthCheckPath: "/health" });
  let status = 200;
  await balanced.target(group, "10.0.0.3", (request, response) => {
    response.writeHead(request.url === "/health" ? status : 200).end();
  });
  expect(await states(group)).toMatchObject([{ State: "unused", Reason: "Target.NotInUse" }]);
  const arn = await balanced.listener(loadBalancer, 81, weighted({ [group]: 1 }));
  await until(() => isHealthy(group));
  status = 503;
  await until(async () => (await states(group))[0]?.State === "unhealthy");
  expect(await states(group)).toMatchObject([
    {
      Reason: "Target.ResponseCodeMismatch",
      Description: "Health checks failed with these codes: [503]",
    },
  ]);
  // It fails open.
  expect((await fetch(urlOf(arn))).status).toBe(200);
  status = 200;
  await until(() => isHealthy(group));
});

test("a target group without targets answers 503, a target that is gone 502", async () => {
  const group = await balanced.group("empty");
  const arn = await balanced.listener(loadBalancer, 82, weighted({ [group]: 1 }));
  await settled();
  const none = await fetch(urlOf(arn));
  expect([none.status, none.headers.get("server")]).toEqual([503, "awselb/2.0"]);
  expect(await none.text()).toContain("<center><h1>503 Service Temporarily Unavailable</h1></center>");
  const server = await balanced.target(group, "10.0.0.4", (_, response) => response.end());
  await until(() => isHealthy(group));
  server.close();
  server.closeAllConnections();
  expect((await fetch(urlOf(arn))).status).toBe(502);
});

test("a target drains until its last request has ended", async () => {
  const group = await balanced.group("slow");
  const arn = await balanced.listener(loadBalancer, 83, weighted({ [group]: 1 }));
  let finish: (() => void) | undefined;
  await balanced.target(group, "10.0.0.5", (request, response) => {
    if (request.url === "/slow") finish = () => response.end("done");
    else response.end();
  });
  await until(() => isHealthy(group));
  const slow = fetch(urlOf(arn, "/slow"));
  const end = await until(() => finish);
  await balanced.client.send(
    new DeregisterTargetsCommand({ TargetGroupArn: group, Targets: [{ Id: "10.0.0.5" }] }),
  );
  await settled();
  expect(await states(group)).toMatchObject([
    { State: "draining", Reason: "Target.DeregistrationInProgress" },
  ]);
  expect((await fetch(urlOf(arn))).status).toBe(503);
  end();
  expect(await (await slow).text()).toBe("done");
  await until(async () => (await states(group)).length === 0);
});

test("stickiness binds a client to a target", async () => {
  const group = await balanced.group("sticky");
  await balanced.client.send(
    new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: group,
      Attributes: [{ Key: "stickiness.enabled", Value: "true" }],
    }),
  );
  const arn = await balanced.listener(loadBalancer, 84, weighted({ [group]: 1 }));
  for (const last of [6, 7])
    await balanced.target(group, `10.0.0.${last}`, (_, response) => response.end(String(last)));
  await until(async () => (await states(group)).every((one) => one?.State === "healthy"));
  const first = await fetch(urlOf(arn));
  const bound = await first.text();
  const cookie = first.headers.getSetCookie().find((one) => one.startsWith("AWSALB=")) ?? "";
  for (let count = 0; count < 4; count += 1) {
    const again = await fetch(urlOf(arn), { headers: { cookie: cookie.split(";")[0] ?? "" } });
    expect(await again.text()).toBe(bound);
  }
});

test("an HTTPS listener has a certificate that was made here, also for localhost", async () => {
  const arn = await balanced.listener(loadBalancer, 443, weighted({ [blue]: 1 }), {
    Protocol: "HTTPS",
    Certificates: [{ CertificateArn: await certificate(aws.embedded.endpoint, "example.com") }],
  });
  await settled();
  const url = urlOf(arn).replace("http:", "https:");
  const [proto, names] = await new Promise<readonly [unknown, string | undefined]>((resolve, reject) => {
    getSecure(url, { rejectUnauthorized: false }, (response) => {
      const { socket } = response;
      if (!(socket instanceof TLSSocket)) throw new Error("not TLS");
      const names = socket.getPeerCertificate().subjectaltname;
      let body = "";
      response.on("data", (chunk) => (body += String(chunk)));
      response.on("end", () => {
        resolve([(JSON.parse(body) as Record<string, unknown>)["x-forwarded-proto"], names]);
      });
    }).on("error", reject);
  });
  expect(proto).toBe("https");
  expect(names).toContain("DNS:example.com");
  expect(names).toContain("DNS:localhost");
});

test("a WebSocket is upgraded, and bytes go both ways", async () => {
  const group = await balanced.group("socket");
  const arn = await balanced.listener(loadBalancer, 85, weighted({ [group]: 1 }));
  const server = await balanced.target(group, "10.0.0.8", (_, response) => response.end());
  server.on("upgrade", (_, socket) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    socket.pipe(socket);
  });
  await until(() => isHealthy(group));
  const echoed = await new Promise<string>((resolve, reject) => {
    const sent = get(urlOf(arn), { headers: { connection: "Upgrade", upgrade: "websocket" } });
    sent.on("error", reject);
    sent.on("upgrade", (_, socket) => {
      socket.once("data", (data) => {
        resolve(String(data));
        socket.destroy();
      });
      socket.write("hello");
    });
  });
  expect(echoed).toBe("hello");
});
