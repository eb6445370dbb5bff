import { createHash } from "node:crypto";
import type { Stickiness } from "../table/table";

/** The cookies that bind a client, by what to. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html */
export const COOKIES = { target: "AWSALB", application: "AWSALBAPP-0", group: "AWSALBTG" } as const;

/** What a cookie says of a target or a target group. AWS's values are encrypted. */
export const cookieValueOf = (id: string) => createHash("sha256").update(id).digest("base64url");

/** The value of a cookie in a Cookie header. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  for (const pair of header.split(";")) {
    const [key = "", ...value] = pair.split("=");
    if (key.trim() === name) return value.join("=").trim();
  }
  return undefined;
}

/** The cookie that binds a client to a target, if the target group has stickiness. */
export function boundTarget(stickiness: Stickiness, cookies: string | undefined): string | undefined {
  if (stickiness.type === "none") return undefined;
  return cookieOf(cookies, stickiness.type === "app_cookie" ? COOKIES.application : COOKIES.target);
}

/** A Set-Cookie value, and its twin for requests of other origins. */
export function setCookies(name: string, value: string, seconds: number, now: Date): string[] {
  const expires = new Date(now.getTime() + seconds * 1000).toUTCString();
  return [
    `${name}=${value}; Expires=${expires}; Path=/`,
    `${name}CORS=${value}; Expires=${expires}; Path=/; SameSite=None; Secure`,
  ];
}

/** The cookies with which a response binds its client to a target. */
export function targetCookies(
  stickiness: Stickiness,
  value: string,
  setByTarget: readonly string[],
  now: Date,
): string[] {
  if (stickiness.type === "none") return [];
  if (stickiness.type === "lb_cookie") return setCookies(COOKIES.target, value, stickiness.seconds, now);
  // It lasts as long as the application says that its session does.
  const [own] = setCookies(COOKIES.application, value, stickiness.seconds, now);
  return own !== undefined && setByTarget.some((cookie) => cookie.startsWith(`${stickiness.cookie}=`))
    ? [own]
    : [];
}
