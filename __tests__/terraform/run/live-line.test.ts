import { LiveLine } from "../../../src/terraform/run/live-line";
import { StackProgress } from "../../../src/terraform/run/stack-progress";

const shown: string[] = [];
const progress = {
  note: () => undefined,
  live: (text: string) => shown.push(text),
  clear: () => shown.push("cleared"),
};

beforeEach(() => {
  shown.length = 0;
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe("the live line", () => {
  it("shows all stacks that are being worked on, and goes when the last one has ended", async () => {
    const live = new LiveLine(progress);
    const stack = (name: string) => {
      const started = new StackProgress(name, new Map(), () => 0);
      started.begin("plan");
      return started;
    };
    let endDev: (value: number) => void = () => undefined;
    const dev = live.during(stack("dev"), new Promise<number>((resolve) => (endDev = resolve)));
    const stg = live.during(stack("stg"), Promise.reject(new Error("failed")));
    jest.advanceTimersByTime(1_000);
    expect(shown).toEqual(["dev 0 s: terraform plan; stg 0 s: terraform plan"]);
    await expect(stg).rejects.toThrow("failed");
    jest.advanceTimersByTime(1_000);
    expect(shown[1]).toBe("dev 0 s: terraform plan");
    endDev(7);
    expect(await dev).toBe(7);
    jest.advanceTimersByTime(5_000);
    expect(shown.slice(2)).toEqual(["cleared"]);
  });
});
