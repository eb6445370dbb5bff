import { limit } from "../../src/process/limit";

const tick = () => new Promise(setImmediate);

describe("a limit of two", () => {
  it("runs two pieces of work at a time, and the others in order as places become free", async () => {
    const atMostTwo = limit(2);
    const events: string[] = [];
    const ends = new Map<string, () => void>();
    const work = (name: string) =>
      atMostTwo(async () => {
        events.push(name);
        await new Promise<void>((resolve) => ends.set(name, resolve));
        return name;
      });
    const results = Promise.all(["a", "b", "c", "d"].map(work));
    await tick();
    expect(events).toEqual(["a", "b"]);
    ends.get("b")?.();
    await tick();
    expect(events).toEqual(["a", "b", "c"]);
    for (const name of ["a", "c"]) ends.get(name)?.();
    await tick();
    ends.get("d")?.();
    expect(await results).toEqual(["a", "b", "c", "d"]);
  });

  it("frees the place of work that fails", async () => {
    const atMostOne = limit(1);
    await expect(atMostOne(() => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
    expect(await atMostOne(() => Promise.resolve(7))).toBe(7);
  });
});
