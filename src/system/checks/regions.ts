import type { Check, Fault } from "../../config/fault";
import type { Config } from "../../config/schema";

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html */
const WITHOUT_CODEPIPELINE = ["ap-east-2", "ap-southeast-7", "ca-west-1", "mx-central-1"];

/** @see https://docs.aws.amazon.com/codecommit/latest/userguide/regions.html */
const WITHOUT_CODECOMMIT = [
  ...WITHOUT_CODEPIPELINE,
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "eu-central-2",
  "eu-south-2",
];

/** Regions that lack a service which the system needs. A repository behind a connection needs no CodeCommit. */
export const regionsWithoutServices: Check<Config> = ({ region, services }): Fault[] => {
  const fault = (expected: string) => [{ path: ["region"], expected, got: region }];
  if (WITHOUT_CODEPIPELINE.includes(region)) return fault("a region that has CodePipeline");
  const committed = Object.entries(services)
    .filter(([, { source }]) => source.connection === undefined)
    .map(([name]) => name);
  return committed.length === 0 || !WITHOUT_CODECOMMIT.includes(region)
    ? []
    : fault(`a region that has CodeCommit, or source.connection of ${committed.join(", ")}`);
};
