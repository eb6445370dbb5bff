import type { IncomingHttpHeaders } from "node:http";

/** A request to AWS. */
export interface AwsRequest {
  /** The action in IAM, such as `codedeploy:GetDeployment`. */
  readonly action: string;
  readonly region: string;
  readonly accessKey: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** An error of AWS. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** IAM's prefix of a service, where a signature has another name. */
const PREFIXES: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };

/** Reads a request of one of the protocols that the commands use: JSON, or the query protocol of ELB and STS. */
export function requestOf(headers: IncomingHttpHeaders, body: string): AwsRequest {
  const [, accessKey = "", region = "", service = ""] =
    /Credential=([^/]+)\/[^/]+\/([^/]+)\/([^/]+)\/aws4_request/.exec(headers.authorization ?? "") ?? [];
  const target = headers["x-amz-target"];
  const input =
    target === undefined
      ? Object.fromEntries(new URLSearchParams(body))
      : (JSON.parse(body) as Record<string, unknown>);
  const operation = target === undefined ? input.Action : String(target).split(".").at(-1);
  if (typeof operation !== "string" || service === "") throw new Error(`no request to AWS: ${body}`);
  return { action: `${PREFIXES[service] ?? service}:${operation}`, region, accessKey, input };
}

/** How AWS answers an error: its HTTP status, type and body. */
export function refusalOf(headers: IncomingHttpHeaders, { code, message }: Refusal) {
  const type = headers["x-amz-target"] === undefined ? "text/xml" : "application/x-amz-json-1.1";
  const body =
    type === "text/xml"
      ? `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`
      : JSON.stringify({ __type: code, message });
  return { status: type === "text/xml" ? 403 : 400, type, body };
}
