import type { Status } from "../../../src/operate/status/status";
import { AwsProxy } from "../../support/aws-proxy/proxy";
import { DeliveredSystem } from "../../support/delivered/system";
import { COMMIT } from "../../support/delivered/world";
import { describeLong } from "../../support/long";

const SECONDS = 5;
const CALLS_OF_A_SERVICE = 12;
const ATTEMPTS = 5;

const system = new DeliveredSystem();
afterAll(() => system.stop());

async function status(endpoint?: string): Promise<{ seconds: number; statuses: readonly Status[] }> {
  const { code, err, out, seconds } = await system.codeseries(["status", "--json"], endpoint);
  if (code !== 0) throw new Error(err + out);
  return { seconds, statuses: JSON.parse(out) as Status[] };
}

describeLong("codeseries status of 30 services in 3 environments", () => {
  beforeAll(() => system.start(30));

  it("takes less than five seconds", async () => {
    let fastest = Infinity;
    for (let attempt = 0; attempt < ATTEMPTS && fastest >= SECONDS; attempt += 1) {
      const { seconds } = await status();
      fastest = Math.min(fastest, seconds);
    }
    expect(fastest).toBeLessThan(SECONDS);
  });

  it("shows each with at most twelve calls of a service", async () => {
    const proxy = new AwsProxy(system.endpoint);
    const { statuses } = await status(await proxy.start());
    await proxy.stop();
    expect(statuses).toHaveLength(90);
    for (const one of statuses)
      expect(one).toMatchObject({
        state: "released",
        commit: { id: COMMIT, message: "A commit", author: "Jo" },
        tasks: { healthy: 1, running: 1, desired: 1 },
        traffic: { blue: 100, green: 0 },
        flags: [],
      });
    expect(proxy.requests.length / statuses.length).toBeLessThanOrEqual(CALLS_OF_A_SERVICE);
  });
});
