import { noted, withDeadline, type Begun } from "../model/document";
import { trafficSteps } from "../model/traffic";
import { withTaskSets } from "../model/task-set";
import { shiftTraffic } from "../listeners";
import { routeOf, type Session } from "../session";
import { makePrimary } from "../task-sets";

const waitAfter = (step: number) => `AllowTraffic ${step}`;

/** Gives green all of the test traffic. */
export async function allowTestTraffic(session: Session, deployment: Begun): Promise<undefined> {
  await shiftTraffic(session, routeOf(deployment).test, deployment.notes.pair, 100);
  session.say("test traffic: 100 % to green");
  return undefined;
}

/**
 * One look at the event AllowTraffic: takes the next step when its time has come, and makes green PRIMARY after
 * the last.
 *
 * @returns the deployment as it is now; "shifted" when green is PRIMARY.
 */
export async function allowTraffic(session: Session, deployment: Begun): Promise<Begun | "shifted"> {
  const { deadlines, greenTaskSet = "", pair, steps } = deployment.notes;
  if (Date.now() < (deadlines[waitAfter(steps)] ?? 0)) return deployment;
  const step = trafficSteps(deployment.trafficRouting)[steps];
  if (step === undefined) {
    await makePrimary(session, await session.describeService(), greenTaskSet);
    session.say("green is PRIMARY");
    return "shifted";
  }
  const { greenPercent, seconds } = step;
  await shiftTraffic(session, routeOf(deployment).production, pair, greenPercent);
  const { time } = session.embedded;
  const wait = seconds > 0 ? `; the next step follows after ${time.told(seconds)}` : "";
  session.say(`${greenPercent} % to green${wait}`);
  const shifted = noted(deployment, { greenPercent, steps: steps + 1 });
  const shown = withTaskSets(shifted, await session.describeService());
  return withDeadline(shown, waitAfter(steps + 1), time.scaled(seconds));
}
