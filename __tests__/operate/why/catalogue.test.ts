import { catalogue } from "../../../src/operate/why/catalogue/load";
import { filled, matchOf } from "../../../src/operate/why/judge/match";
import { responseAt } from "../../support/response-at";

const entries = catalogue();
const ids = entries.map(({ id }) => id);

/** The samples of an entry as responses of AWS; those of one API in one response. */
function samplesOf({ signals }: (typeof entries)[number]) {
  return signals.map(({ api, field, sample }) => ({ api, response: responseAt(field, sample) }));
}

describe("the catalogue", () => {
  it("has every entry once", () => {
    expect(ids.length).toBeGreaterThanOrEqual(148);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("names entries that exist as those that look alike or are less precise", () => {
    const named = entries.flatMap(({ alike, over }) => [...alike, ...over]);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("says of each entry what to do and how to confirm it", () => {
    const incomplete = entries.filter(
      ({ cause, confirm, remedy }) => cause === "" || remedy === "" || confirm.length === 0,
    );
    expect(incomplete.map(({ id }) => id)).toEqual([]);
  });

  it("names no group in a cause that no pattern and no detail has", () => {
    const details = ["0", "alarm", "alarmOf", "bad", "container", "exit", "hook", "rolledBack"];
    const unknown = entries.flatMap(({ cause, id, possible, signals }) => {
      const groups = signals.flatMap(({ pattern }) =>
        [...pattern.matchAll(/\(\?<(\w+)>/g)].map(([, name]) => name),
      );
      return [...[cause, ...possible].join(" ").matchAll(/\{(\w+)/g)]
        .map(([, name = ""]) => name)
        .filter((name) => !groups.includes(name) && !details.includes(name))
        .map((name) => `${id}: ${name}`);
    });
    expect(unknown).toEqual([]);
  });
});

const signals = entries.flatMap((entry) => entry.signals.map((signal) => ({ id: entry.id, signal })));

describe("a sample in a response of AWS", () => {
  it.each(signals)("is found: $id, $signal.field", ({ signal }) => {
    const one = { ...entries[0], match: "all", signals: [signal] } as (typeof entries)[number];
    const readings = [{ api: signal.api, response: responseAt(signal.field, signal.sample) }];
    expect(matchOf(one, readings)?.findings).toEqual([
      expect.objectContaining({ api: signal.api, field: signal.field }),
    ]);
    expect(
      matchOf(one, [{ ...readings[0], api: "another:Call" } as (typeof readings)[number]]),
    ).toBeUndefined();
  });
});

describe("the groups of a pattern", () => {
  const sentence = (id: string) => {
    const entry = entries.find((one) => one.id === id);
    if (!entry) throw new Error(id);
    const match = matchOf({ ...entry, match: "any" }, samplesOf(entry));
    return filled(entry.cause, match?.groups ?? {});
  };

  it.each([
    ["src-codecommit-branch-missing", "The branch main does not exist in the CodeCommit repository my-repo"],
    [
      "bld-ecr-tag-immutable",
      "The tag 3-f365834 exists in the repository app, whose tags cannot be overwritten",
    ],
    ["cd-taskset-limit", "The service has 5 task sets, and no further one can be created"],
    [
      "cd-container-not-in-taskdef",
      "The AppSpec file names the container web, which is not in the task definition",
    ],
    [
      "ecs-init-secret-denied",
      "The execution role may not call secretsmanager:GetSecretValue for a secret of the tasks",
    ],
    ["alb-response-code", "The health check got the status 404 from the new tasks"],
    ["dep-active-deployment", "Another deployment d-ABCDEF123 of the group is still active"],
  ])("are in the sentence of %s", (id, expected) => {
    expect(sentence(id)).toBe(expected);
  });
});
