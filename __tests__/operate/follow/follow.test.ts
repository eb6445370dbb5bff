import { follow, type Outcome, type Seen } from "../../../src/operate/follow/follow";

const END: Outcome = { result: "succeeded", text: "d-1 succeeded" };

const looks = (...seen: (Seen | Outcome)[]) => {
  let next = 0;
  return () => Promise.resolve(seen[Math.min(next++, seen.length - 1)] ?? END);
};

describe("follow", () => {
  it("says each step once, and how the release ended", async () => {
    const steps: string[] = [];
    const look = looks({ step: "Install" }, { step: "Install" }, { step: "AllowTraffic" }, END);
    const outcome = await follow(look, { intervalMs: 1, minutes: 1, onStep: (step) => steps.push(step) });
    expect(outcome).toEqual(END);
    expect(steps).toEqual(["Install", "AllowTraffic"]);
  });

  const ignored = { onStep: () => undefined };

  it("ends when the minutes are over", async () => {
    const outcome = await follow(looks({ step: "Install" }), {
      ...ignored,
      intervalMs: 5,
      minutes: 1 / 6000,
    });
    expect(outcome.result).toBe("timedOut");
    expect(outcome.text).toMatch(/^it has not ended after .* minutes: Install$/);
  });

  it("counts it if a time is given", async () => {
    const waits = { step: "waits for an approval", waits: true };
    const outcome = await follow(looks(waits), {
      ...ignored,
      strict: true,
      intervalMs: 5,
      minutes: 1 / 6000,
    });
    expect(outcome.result).toBe("timedOut");
  });

  it("goes on after a look that failed, but not if it is the first one", async () => {
    const answers = [{ step: "Install" }, new Error("connection lost"), END];
    const flaky = () => {
      const answer = answers.shift() ?? END;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    };
    expect(await follow(flaky, { ...ignored, intervalMs: 1, minutes: 1 })).toEqual(END);
    const lost = () => Promise.reject(new Error("connection lost"));
    await expect(follow(lost, { ...ignored, intervalMs: 1, minutes: 1 })).rejects.toThrow("connection lost");
  });

  it("does not count the time in which a person must act", async () => {
    const waits = Array.from({ length: 10 }, () => ({ step: "waits for an approval", waits: true }));
    const outcome = await follow(looks(...waits, END), { ...ignored, intervalMs: 5, minutes: 1 / 6000 });
    expect(outcome).toEqual(END);
  });
});
