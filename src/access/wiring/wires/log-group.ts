import { ANY } from "../difference";
import type { Wire } from "./wire";

/** A log group without a key of its own: nobody here may use one. */
export const logGroupWire = (account: string, name: string): Wire => ({
  account,
  type: "aws_cloudwatch_log_group",
  by: ["name"],
  block: { name, retention_in_days: ANY },
});
