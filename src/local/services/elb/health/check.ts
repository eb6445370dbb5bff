import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { HealthCheck } from "../table/table";
import type { Address } from "../targets/target";
import { isSuccess } from "./matcher";
import { FAILED, mismatch, TIMED_OUT, type Failure } from "./next-health";

/** Asks a target once, as the load balancer does. */
export function check(
  { protocol, path, codes }: HealthCheck,
  { host, port }: Address,
  hostHeader: string,
  timeoutMs: number,
): Promise<Failure | undefined> {
  const request = protocol === "HTTPS" ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const asked = request({
      host,
      port,
      path,
      agent: false,
      // A load balancer does not check the certificates of its targets.
      ...(protocol === "HTTPS" && { rejectUnauthorized: false }),
      headers: {
        host: hostHeader,
        "user-agent": "ELB-HealthChecker/2.0",
        "accept-encoding": "gzip, compressed",
      },
    });
    const end = (failure: Failure | undefined) => {
      clearTimeout(timer);
      resolve(failure);
      asked.destroy();
    };
    const timer = setTimeout(() => {
      end(TIMED_OUT);
    }, timeoutMs);
    asked.on("response", ({ statusCode = 0 }) => {
      end(isSuccess(codes, statusCode) ? undefined : mismatch(statusCode));
    });
    asked.on("error", () => {
      end(FAILED);
    });
    asked.end();
  });
}
