import type { Action } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Place } from "../../../../aws/embedded-clients";
import type { Condition } from "../rules/conditions";

/** The listeners of one account and region with all that a request needs, as the API has them. */
export interface Table {
  readonly place: Place;
  readonly listeners: readonly Listener[];
  readonly groups: ReadonlyMap<string, TargetGroup>;
}

export interface Listener {
  readonly arn: string;
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  /** The default certificate first. Each has the host names that it is for. */
  readonly certificates: readonly Certificate[];
  /** By priority; the default rule, which always matches, is the last. */
  readonly rules: readonly Rule[];
  readonly loadBalancer: LoadBalancer;
}

export interface Certificate {
  readonly arn: string;
  readonly names: readonly string[];
}

export interface LoadBalancer {
  /** The dimension of its metrics: `app/<name>/<id>`. */
  readonly dimension: string;
  readonly idleTimeoutSeconds: number;
  readonly dropInvalidHeaders: boolean;
  /** What it does with a client's X-Forwarded-For. */
  readonly forwardedFor: "append" | "preserve" | "remove";
}

export interface Rule {
  readonly arn: string;
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
  readonly action: RuleAction;
}

export type RuleAction =
  | { readonly type: "forward"; readonly groups: readonly WeightedGroup[]; readonly stickySeconds: number }
  | { readonly type: "redirect"; readonly redirect: NonNullable<Action["RedirectConfig"]> }
  | { readonly type: "fixed-response"; readonly response: NonNullable<Action["FixedResponseConfig"]> }
  | { readonly type: "unsupported"; readonly name: string };

export interface WeightedGroup {
  readonly arn: string;
  /** 0 to 999. */
  readonly weight: number;
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  /** The dimension of its metrics: `targetgroup/<name>/<id>`. */
  readonly dimension: string;
  /** The dimension of the load balancer with a rule that names it; undefined if none does. */
  readonly loadBalancer: string | undefined;
  readonly healthCheck: HealthCheck;
  readonly stickiness: Stickiness;
  readonly deregistrationDelaySeconds: number;
}

export interface HealthCheck {
  readonly enabled: boolean;
  readonly protocol: "HTTP" | "HTTPS";
  readonly path: string;
  /** `traffic-port` or a number. */
  readonly port: string;
  /** Success codes, such as `200-299,301`. */
  readonly codes: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

export type Stickiness =
  | { readonly type: "none" }
  | { readonly type: "lb_cookie"; readonly seconds: number }
  | { readonly type: "app_cookie"; readonly cookie: string; readonly seconds: number };
