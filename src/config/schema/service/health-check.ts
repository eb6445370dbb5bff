import { section } from "../section";
import { port, text, whole } from "../values";

const code = "[2-4]\\d\\d";

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
export const healthCheck = section(
  {
    codes: text(
      new RegExp(`^${code}(-${code}|(,${code})*)$`),
      'status codes from 200 to 499 in quotes, such as "200", "200-399" or "200,301"',
    )
      .default("200")
      .describe("Status codes of a healthy task."),
    port: port.optional().describe("Default: the container's port."),
    intervalSeconds: whole(5, 300, "seconds").default(15),
    timeoutSeconds: whole(2, 120, "seconds").default(5).describe("Less than the interval."),
    healthyThreshold: whole(2, 10, "checks").default(2),
    unhealthyThreshold: whole(2, 10, "checks").default(3),
    graceSeconds: whole(0, 2147483647, "seconds")
      .default(120)
      .describe("How long ECS ignores failed health checks of a new task."),
  },
  "How the load balancer tests a task.",
);
