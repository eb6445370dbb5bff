import type { AutoRollbackEvent } from "@aws-sdk/client-codedeploy";
import {
  alarmsActive,
  endedBy,
  hookFailure,
  startsRollback,
  stopOf,
  type Ending,
} from "../../../../src/local/services/codedeploy/model/ending";
import { begun } from "./support";

const stopped = (rollBack?: boolean) => {
  const stop = rollBack === undefined ? {} : { rollBack };
  const ending = stopOf(begun({ requests: { continued: [], hooks: {}, stop } }));
  if (!ending) throw new Error("it was asked to stop");
  return ending;
};

const on = (...events: AutoRollbackEvent[]) => ({ enabled: true, events });

test.each<[string, Ending, Parameters<typeof startsRollback>[1], boolean]>([
  ["a failure, if the group wants it", hookFailure, on("DEPLOYMENT_FAILURE"), true],
  ["a failure, if it wants others", hookFailure, on("DEPLOYMENT_STOP_ON_ALARM"), false],
  ["a failure, if it is disabled", hookFailure, { ...on("DEPLOYMENT_FAILURE"), enabled: false }, false],
  ["an alarm", alarmsActive(["a"]), on("DEPLOYMENT_STOP_ON_ALARM"), true],
  ["an alarm is no failure", alarmsActive(["a"]), on("DEPLOYMENT_FAILURE"), false],
  ["a stop that wants it", stopped(true), { enabled: false }, true],
  ["a stop that does not", stopped(false), on("DEPLOYMENT_STOP_ON_REQUEST"), false],
  ["a stop that leaves it to the group", stopped(), on("DEPLOYMENT_STOP_ON_REQUEST"), true],
  ["a stop that leaves it to a group without it", stopped(), on("DEPLOYMENT_FAILURE"), false],
])("a rollback: %s", (_, ending, configuration, expected) => {
  expect(startsRollback(ending, configuration)).toBe(expected);
});

test("nobody has asked to stop", () => {
  expect(stopOf(begun())).toBeUndefined();
});

test("an ended deployment has its error, and counts its target", () => {
  const { info, rollBack, target } = endedBy(begun(), alarmsActive(["a", "b"]), 5);
  expect(info).toMatchObject({
    status: "Stopped",
    completeTime: 5,
    deploymentOverview: { Failed: 1, Succeeded: 0 },
  });
  expect(info.errorInformation?.message).toContain("Activated alarms: <a> <b>");
  expect(target?.status).toBe("Failed");
  expect(rollBack).toBe(false);
});

test("a rollback, and a deployment that has not begun, are never rolled back", () => {
  const wanted = stopped(true);
  const { notes, target, ...created } = begun();
  expect(endedBy({ ...created, notes, target, rollsBack: notes }, wanted, 5).rollBack).toBe(false);
  expect(endedBy(created, wanted, 5).rollBack).toBe(false);
  expect(endedBy(begun(), wanted, 5).rollBack).toBe(true);
});
